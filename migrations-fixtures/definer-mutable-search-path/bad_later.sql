create schema private;
create function private.a() returns void language sql set search_path = '' as $$ select $$;
alter function private.a() security definer; -- want function private.a()
alter function private.a() reset search_path;
create function private.b() returns void language sql security definer set search_path = '' as $$ select $$;
create or replace function private.b() returns void language sql security definer as $$ select $$; -- want function private.b()
