create function public.slug(t text) returns text language sql immutable set search_path = '' as $$ select lower(t) $$;
create or replace function public.slug(t text) returns text language sql immutable as $$ select lower(t) $$; -- want function public.slug(text)
