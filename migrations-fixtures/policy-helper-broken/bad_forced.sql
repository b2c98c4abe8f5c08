create role app_owner nologin;
grant app_owner to postgres;
grant anon to app_owner;
create schema private;
grant usage on schema private to authenticated;
grant usage, create on schema public, private to app_owner;

-- The policy is for everybody, the owner included: it is asked again and again.
create table public.members (user_id uuid, room bigint, primary key (user_id, room));
alter table public.members enable row level security;
create function private.my_rooms() returns setof bigint language sql stable security definer set search_path = ''
as $$ select room from public.members where user_id = auth.uid() $$;
create policy "members read their rooms" on public.members for select using (room in (select private.my_rooms()));
alter table public.members owner to app_owner;
alter function private.my_rooms() owner to app_owner;
alter table public.members force row level security; -- want function private.my_rooms()

-- No policy is for the owner: the function finds nothing.
create table public.admins (user_id uuid primary key);
alter table public.admins enable row level security, force row level security; -- want function private.is_admin()
create policy "admins see themselves" on public.admins for select to authenticated using (user_id = (select auth.uid()));
create function private.is_admin() returns boolean language plpgsql stable security definer set search_path = ''
as $$ begin return exists (select 1 from public.admins where user_id = auth.uid()); end $$;
create table public.audits (id bigint primary key);
alter table public.audits enable row level security;
create policy "admins read audits" on public.audits for select to authenticated using ((select private.is_admin()));
alter table public.admins owner to app_owner;
alter function private.is_admin() owner to app_owner;

-- Neither is one for a reader who is not the owner.
create table public.bans (user_id uuid primary key);
alter table public.bans enable row level security;
grant select on public.bans to app_owner;
create function private.is_banned() returns boolean language sql stable security definer set search_path = '' -- want function private.is_banned()
as $$ select exists (select 1 from public.bans where user_id = auth.uid()) $$;
alter function private.is_banned() owner to app_owner;
create policy "the banned read nothing" on public.audits as restrictive for select to authenticated using (not (select private.is_banned()));
