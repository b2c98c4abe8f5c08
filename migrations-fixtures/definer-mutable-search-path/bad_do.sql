create schema private;
do $do$
begin
  create function private.a() returns void language plpgsql security definer as $$ begin null; end $$; -- want function private.a()
end
$do$;
