create view public.user_list with (security_invoker = true) as select id, email from auth.users; -- want view public.user_list
alter view public.user_list reset (security_invoker);

create schema internal;
create materialized view internal.user_copies as select id, email from auth.users; -- want materialized view public.user_copies
grant select on internal.user_copies to authenticated;
alter materialized view internal.user_copies set schema public;

-- The caller's rights end where a view with the owner's begins.
create view internal.people as select id, email from auth.users;
create view public.people with (security_invoker = true) as select id from internal.people; -- want view public.people
grant usage on schema internal to authenticated;
grant select on internal.people to authenticated;
