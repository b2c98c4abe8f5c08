do $do$
begin
  create function public.purge() returns void language sql security definer set search_path = '' as $$ select $$; -- want function public.purge()
end
$do$;
