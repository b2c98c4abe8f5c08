-- The caller's own rights: nobody in the API may read auth.users.
create view public.user_list with (security_invoker = true) as select id, email from auth.users;

-- Not in the API, or not for its roles.
create schema internal;
create view internal.people as select id, email from auth.users;
create view public.admin_people as select id, email from auth.users;
revoke all on public.admin_people from anon, authenticated;

-- A table of its own is how it should be.
create table public.profiles (id uuid primary key references auth.users (id) on delete cascade, name text);
alter table public.profiles enable row level security;
revoke all on public.profiles from anon, authenticated;

-- A view with the caller's rights reads as the caller inside another view, too.
create view internal.callers with (security_invoker = true) as select id, email from auth.users;
create view public.callers as select id from internal.callers;
