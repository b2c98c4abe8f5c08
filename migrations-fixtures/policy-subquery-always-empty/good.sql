create schema private;
grant usage on schema private to authenticated;
create table public.members (user_id uuid, room bigint, primary key (room, user_id));
alter table public.members enable row level security;
create table public.secrets (user_id uuid primary key);
alter table public.secrets enable row level security;
revoke all on public.members, public.secrets from anon, authenticated;
grant select on public.members to authenticated;
create index on public.members (user_id);
create policy "members see themselves" on public.members for select to authenticated using (user_id = (select auth.uid()));
create policy "secrets are for nobody" on public.secrets for select to supabase_auth_admin using (true);

create table public.rooms (id bigint primary key);
alter table public.rooms enable row level security;
revoke all on public.rooms from anon, authenticated;
grant select on public.rooms to authenticated;
create policy "rooms are read by members" on public.rooms
  for select to authenticated using (exists (select 1 from public.members m where m.room = rooms.id and m.user_id = (select auth.uid())));

-- With the owner's rights the rows are there.
create function private.has_secret() returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select 1 from public.secrets where user_id = auth.uid()) $$;
revoke execute on function private.has_secret() from public;
grant execute on function private.has_secret() to authenticated;
create policy "rooms are read with a secret" on public.rooms
  for select to authenticated using ((select private.has_secret()));

-- A role that row level security does not touch.
create policy "rooms are counted" on public.rooms
  for select to service_role using (exists (select 1 from public.secrets));

-- Without TO, for those who are signed in: that visitors find nothing is meant.
create table public.messages (id bigint primary key, room bigint not null);
create index on public.messages (room);
alter table public.messages enable row level security;
grant select on public.members to anon;
create policy "messages are read by members" on public.messages
  for select using (exists (select 1 from public.members m where m.room = messages.room and m.user_id = (select auth.uid())));
