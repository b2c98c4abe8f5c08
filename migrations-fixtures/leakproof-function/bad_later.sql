create function public.normalise(t text) returns text language sql immutable as $$ select lower(trim(t)) $$;
alter function public.normalise(text) leakproof; -- want function public.normalise(text)
