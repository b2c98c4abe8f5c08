create schema private;
create function private.a() returns void language sql security definer set search_path = '' as $$ select $$;
create function private.b() returns void language plpgsql security definer set search_path = public, pg_temp as $$ begin null; end $$;
create function private.c() returns void language sql security definer as $$ select $$;
alter function private.c() set search_path = pg_catalog;
-- A body that was parsed when it was created.
create function private.d() returns integer language sql security definer return 1;
-- With the caller's rights.
create function private.e() returns void language sql as $$ select $$;
create function private.f() returns void language sql security definer as $$ select $$;
alter function private.f() security invoker;
