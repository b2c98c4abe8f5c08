create function public.purge() returns void language plpgsql set search_path = '' as $$ begin null; end $$; -- want function public.purge()
revoke execute on function public.purge() from anon, authenticated;
alter function public.purge() security definer;

create function public.count_all() returns bigint language sql security definer set search_path = '' as $$ select 1::bigint $$; -- want function public.count_all()
revoke execute on function public.count_all() from public;
grant execute on function public.count_all() to anon;
