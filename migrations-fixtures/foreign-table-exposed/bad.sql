-- live: skip only a superuser may create a foreign data wrapper
create extension file_fdw with schema extensions;
create server files foreign data wrapper file_fdw;
create foreign table public.remote_orders (id bigint, total numeric) server files options (filename '/dev/null'); -- want table public.remote_orders
