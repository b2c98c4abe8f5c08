-- From the roles too.
create function public.purge() returns void language sql security definer set search_path = '' as $$ select $$;
revoke execute on function public.purge() from public, anon, authenticated;

-- From visitors alone: the rest is meant.
create function public.mine() returns bigint language sql security definer set search_path = '' as $$ select 1::bigint where auth.uid() is not null $$;
revoke execute on function public.mine() from public, anon;

-- Never taken from anybody.
create function public.slug(t text) returns text language sql immutable set search_path = '' as $$ select lower(t) $$;

-- A trigger cannot be called.
create function public.touch() returns trigger language plpgsql set search_path = '' as $$ begin return new; end $$;
revoke execute on function public.touch() from public;

-- Not served, and so without the platform's grants.
create schema private;
create function private.purge() returns void language sql set search_path = '' as $$ select $$;
revoke execute on function private.purge() from public;
grant execute on function private.purge() to authenticated;

-- From everybody, and given back to whom it is meant for.
create function public.is_guest() returns boolean language sql stable set search_path = '' as $$ select auth.uid() is null $$;
revoke all on function public.is_guest() from public, anon, authenticated;
grant execute on function public.is_guest() to anon, authenticated;
