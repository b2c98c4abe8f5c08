do $do$
begin
  create function public.half(n int) returns int language plpgsql immutable leakproof as $$ begin return 1 / n; end $$; -- want function public.half(integer)
end
$do$;
