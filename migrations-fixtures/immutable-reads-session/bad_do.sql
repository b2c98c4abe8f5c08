do $do$
begin
  create function public.who() returns text language sql immutable set search_path = '' as $$ select current_user::text $$; -- want function public.who()
end
$do$;
