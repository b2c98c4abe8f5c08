do $do$
begin
  create function public.touch() returns trigger language plpgsql as $$ begin return new; end $$; -- want function public.touch()
end
$do$;
