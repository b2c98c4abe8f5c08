-- Only the server creates in public; a schema that is open is not looked in; the
-- caller's rights.
create schema internal;
create function internal.staff() returns boolean language sql stable security definer set search_path = public, pg_temp
as $$ select true $$;
create schema playground;
grant create on schema playground to authenticated;
create function internal.empty_path() returns boolean language sql stable security definer set search_path = ''
as $$ select true $$;
create function internal.invoker() returns boolean language sql stable set search_path = playground
as $$ select true $$;
