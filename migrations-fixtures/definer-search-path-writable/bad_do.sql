do $do$
begin
  grant create on schema public to anon;
  create function public.staff() returns boolean language sql stable security definer set search_path to 'public' -- want function public.staff()
  as $$ select true $$;
end
$do$;
