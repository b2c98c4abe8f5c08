create function public.purge() returns void language sql security definer set search_path = '' -- want function public.purge()
  as $$ select $$;
revoke execute on function public.purge() from public;
