-- Nothing in this application is for visitors without a session.
alter default privileges for role postgres in schema public revoke all on tables from anon, authenticated;

revoke all on public.profiles from anon, authenticated;
grant select on public.profiles to authenticated;
-- Not the role: it is set by an administrator, in the dashboard.
grant update (full_name) on public.profiles to authenticated;
