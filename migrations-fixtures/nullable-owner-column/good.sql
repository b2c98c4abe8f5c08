create table public.notes (id bigint primary key, owner_id uuid not null references auth.users (id));
create index on public.notes (owner_id);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
grant select, insert on public.notes to authenticated;
create policy "own" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
-- The key itself; a column that is null on purpose; one that a new row alone is
-- held against.
create table public.profiles (id uuid primary key references auth.users (id));
alter table public.profiles enable row level security;
revoke all on public.profiles from anon, authenticated;
grant select on public.profiles to authenticated;
create policy "own" on public.profiles for select to authenticated using (id = (select auth.uid()));
create table public.templates (id bigint primary key, owner_id uuid references auth.users (id));
create index on public.templates (owner_id);
alter table public.templates enable row level security;
revoke all on public.templates from anon, authenticated;
grant select on public.templates to authenticated;
create policy "own and common" on public.templates for select to authenticated using (owner_id is null or owner_id = (select auth.uid()));
create policy "own" on public.templates for select to authenticated using (owner_id = (select auth.uid()));
create table public.signups (id bigint primary key, user_id uuid references auth.users (id));
create index on public.signups (user_id);
alter table public.signups enable row level security;
revoke all on public.signups from anon, authenticated;
grant insert on public.signups to authenticated;
create policy "sign up" on public.signups for insert to authenticated with check (user_id = (select auth.uid()));
