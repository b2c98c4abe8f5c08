create function public.slug(t text) returns text language sql immutable -- want function public.slug(text)
as $$ select lower(t) $$;
