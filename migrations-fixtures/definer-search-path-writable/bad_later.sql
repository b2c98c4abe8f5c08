create schema app;
create function app.staff() returns boolean language sql stable security definer set search_path = pg_catalog, app -- want function app.staff()
as $$ select true $$;
grant create on schema app to public;
