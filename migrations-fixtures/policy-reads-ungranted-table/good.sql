create schema private;
grant usage on schema private to authenticated;
create table private.members (user_id uuid, room bigint, primary key (user_id, room));
create table public.rooms (id bigint primary key, org bigint);
alter table public.rooms enable row level security;

-- In a function with its owner's rights.
create function private.my_rooms() returns setof bigint language sql stable security definer set search_path = ''
  as $$ select room from private.members where user_id = auth.uid() $$;
create policy "members read rooms" on public.rooms for select to authenticated using (id in (select private.my_rooms()));

-- A grant on some columns.
create table private.orgs (id bigint primary key, owner uuid, secret text);
grant select (id, owner) on private.orgs to authenticated;
create policy "owners change rooms" on public.rooms for update to authenticated
  using (org in (select id from private.orgs where owner = (select auth.uid())));

-- A grant to a group.
create role staff;
grant staff to authenticated;
create table private.shifts (user_id uuid primary key);
grant select on private.shifts to staff;
create policy "staff delete rooms" on public.rooms for delete to authenticated
  using (exists (select 1 from private.shifts s where s.user_id = (select auth.uid())));

-- For a role that row level security does not touch, or that may do nothing to the table.
create policy "jobs" on public.rooms for select to service_role using (id in (select room from private.members));
create table public.keys (id bigint primary key);
alter table public.keys enable row level security;
revoke all on public.keys from anon, authenticated;
create policy "keys" on public.keys for select to authenticated using (id in (select room from private.members));
