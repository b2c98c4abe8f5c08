-- Not served.
create schema private;
create function private.all_notes() returns bigint language sql security definer set search_path = '' as $$ select 1::bigint $$;

-- For nobody but the server.
create function public.purge() returns void language sql security definer set search_path = '' as $$ select $$;
revoke execute on function public.purge() from public, anon, authenticated;

-- With the caller's rights.
create function public.slug(t text) returns text language sql immutable set search_path = '' as $$ select lower(t) $$;

-- A trigger.
create function public.on_signup() returns trigger language plpgsql security definer set search_path = '' as $$ begin return new; end $$;

-- In a schema that the roles may not use.
create schema api;
create function api.everything() returns bigint language sql security definer set search_path = '' as $$ select 1::bigint $$;
