create table public.profiles (id uuid primary key references auth.users (id) on delete cascade, role text not null);
create index on public.profiles (role);
alter table public.profiles enable row level security;
revoke all on public.profiles from anon, authenticated;
grant select on public.profiles to authenticated;
create policy "own profile" on public.profiles for select to authenticated using (id = (select auth.uid()));
create table public.flags (name text primary key, enabled boolean not null);
alter table public.flags enable row level security;
revoke all on public.flags from anon, authenticated;
grant select on public.flags to authenticated;
create policy "flags are public" on public.flags for select to authenticated using (true);
create table public.notes (id bigint primary key, owner_id uuid not null);
create index on public.notes (owner_id);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
grant select on public.notes to authenticated;
-- One's own profile, asked for or the only one that policies show; the row's; a
-- switch that belongs to nobody.
create policy "admins" on public.notes for select to authenticated
  using (exists (select 1 from public.profiles where profiles.id = (select auth.uid()) and role = 'admin'));
create policy "admins, by policy" on public.notes for select to authenticated using (exists (select 1 from public.profiles where role = 'admin'));
create policy "by owner's role" on public.notes for select to authenticated
  using (exists (select 1 from public.profiles where profiles.id = notes.owner_id and role = 'teacher'));
create policy "while open" on public.notes for select to authenticated using (exists (select 1 from public.flags where name = 'open' and enabled));
