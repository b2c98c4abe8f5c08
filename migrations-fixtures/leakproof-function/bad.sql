create function public.normalise(t text) returns text language sql immutable leakproof -- want function public.normalise(text)
as $$ select lower(trim(t)) $$;
