create table public.notes (id bigint primary key, owner_id uuid not null, org bigint not null);
alter table public.notes enable row level security;
create index on public.notes (owner_id);
-- A tenant for all commands, and what is allowed for some.
create policy "tenant" on public.notes as restrictive to authenticated using (org > 0);
create policy "owners see" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
-- Nothing, on purpose.
create table public.archive (id bigint primary key);
alter table public.archive enable row level security;
create policy "nobody" on public.archive as restrictive using (false);
-- For visitors too, of whom one kind is allowed something.
create table public.posts (id bigint primary key, owner_id uuid not null);
alter table public.posts enable row level security;
create index on public.posts (owner_id);
create policy "published" on public.posts as restrictive for select using (id > 0);
create policy "owners see" on public.posts for select to authenticated using (owner_id = (select auth.uid()));
-- For a role that may do nothing here.
create table public.keys (id bigint primary key);
alter table public.keys enable row level security;
revoke all on public.keys from anon, authenticated;
create policy "keys" on public.keys as restrictive for select to authenticated using (id > 0);
