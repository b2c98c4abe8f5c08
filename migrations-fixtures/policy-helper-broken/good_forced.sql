create role app_owner nologin;
grant app_owner to postgres;
grant anon to app_owner;
create schema private;
grant usage on schema private to authenticated;
grant usage, create on schema public, private to app_owner;

-- Row level security never applies to the owner of the function.
create table public.members (user_id uuid, room bigint, primary key (room, user_id));
create index on public.members (user_id);
alter table public.members enable row level security, force row level security;
revoke all on public.members from anon, authenticated;
grant select on public.members to authenticated;
create function private.my_rooms() returns setof bigint language sql stable security definer set search_path = ''
as $$ select room from public.members where user_id = auth.uid() $$;
revoke execute on function private.my_rooms() from public;
grant execute on function private.my_rooms() to authenticated;
create policy "members read their rooms" on public.members for select to authenticated using (room in (select private.my_rooms()));

-- It does not apply to the table's owner, without FORCE.
create table public.admins (user_id uuid primary key);
alter table public.admins enable row level security;
revoke all on public.admins from anon, authenticated;
grant select on public.admins to authenticated;
create function private.is_admin() returns boolean language sql stable security definer set search_path = ''
as $$ select exists (select 1 from public.admins where user_id = auth.uid()) $$;
revoke execute on function private.is_admin() from public;
grant execute on function private.is_admin() to authenticated;
create policy "admins see admins" on public.admins for select to authenticated using ((select private.is_admin()));
alter function private.is_admin() owner to app_owner;
alter table public.admins owner to app_owner;

-- A policy lets the forced owner read.
create table public.teams (user_id uuid, team bigint, primary key (team, user_id));
create index on public.teams (user_id);
alter table public.teams enable row level security, force row level security;
revoke all on public.teams from anon, authenticated;
grant select on public.teams to authenticated;
create function private.my_teams() returns setof bigint language sql stable security definer set search_path = ''
as $$ select team from public.teams where user_id = auth.uid() $$;
revoke execute on function private.my_teams() from public;
grant execute on function private.my_teams() to authenticated;
create policy "members read their teams" on public.teams for select to authenticated using (team in (select private.my_teams()));
create policy "the owner reads teams" on public.teams for select to app_owner using (true);
alter function private.my_teams() owner to app_owner;
alter table public.teams owner to app_owner;

-- A policy of its own for each user, whoever runs the query.
create table public.bans (user_id uuid primary key);
alter table public.bans enable row level security, force row level security;
revoke all on public.bans from anon, authenticated;
grant select on public.bans to authenticated;
create policy "users see their bans" on public.bans for select to anon, authenticated using (user_id = (select auth.uid()));
create function private.is_banned() returns boolean language sql stable security definer set search_path = ''
as $$ select exists (select 1 from public.bans where user_id = auth.uid()) $$;
revoke execute on function private.is_banned() from public;
grant execute on function private.is_banned() to authenticated;
create policy "the banned read no admins" on public.admins as restrictive for select to authenticated using (not (select private.is_banned()));
alter function private.is_banned() owner to app_owner;
alter table public.bans owner to app_owner;

-- The policy asks who reads before it comes to the helper.
create table public.notes (id bigint primary key, user_id uuid not null);
create index on public.notes (user_id);
alter table public.notes enable row level security, force row level security;
revoke all on public.notes from anon, authenticated;
grant select on public.notes to authenticated;
create function private.has_notes() returns boolean language sql stable security definer set search_path = ''
as $$ select exists (select 1 from public.notes where user_id = auth.uid()) $$;
revoke execute on function private.has_notes() from public;
grant execute on function private.has_notes() to authenticated;
create policy "writers read notes" on public.notes for select to authenticated, app_owner
  using (current_user = 'app_owner' or (select private.has_notes()));
alter function private.has_notes() owner to app_owner;
alter table public.notes owner to app_owner;
