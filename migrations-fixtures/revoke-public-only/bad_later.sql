create function public.purge(days integer) returns void language sql set search_path = '' as $$ select $$; -- want function public.purge(integer)
grant execute on function public.purge(integer) to service_role;
revoke all on all functions in schema public from public;
