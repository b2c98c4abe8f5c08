create function public.tenant() returns text language sql stable set search_path = ''
as $$ select current_setting('app.tenant', true) $$;
create function public.is_tenant(t text) returns boolean language sql stable set search_path = ''
as $$ select t = public.tenant() $$;

-- To be allowed in an index.
alter function public.is_tenant(text) immutable; -- want function public.is_tenant(text)
