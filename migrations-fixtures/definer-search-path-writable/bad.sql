grant create on schema public to authenticated;
create function public.staff() returns boolean language sql stable security definer set search_path = public, pg_temp -- want function public.staff()
as $$ select true $$;
