create function public.slug(t text) returns text language sql immutable set search_path = '' as $$ select lower(t) $$;
create function public.one() returns integer language sql return 1;
create aggregate public.total(bigint) (sfunc = int8pl, stype = bigint);
