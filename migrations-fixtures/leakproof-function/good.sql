create function public.normalise(t text) returns text language sql immutable set search_path = '' as $$ select lower(trim(t)) $$;
create function public.trimmed(t text) returns text language sql immutable leakproof set search_path = '' as $$ select trim(t) $$;
alter function public.trimmed(text) not leakproof;
