create function public.purge() returns void language sql set search_path = '' as $$ select $$; -- want function public.purge()
do $$
begin
  execute 'revoke all on function public.purge() from public';
end
$$;
