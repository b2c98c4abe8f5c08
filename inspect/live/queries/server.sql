-- The server, who is connected, and what that role may read beside the
-- catalogs, which anyone may read. The optional relations are found through
-- the catalogs, so that a missing one is no error.
select pg_catalog.current_setting('server_version_num')::int4 as version,
       pg_catalog.current_database()::text as database,
       current_user::text as who,
       pg_catalog.current_setting('search_path') as search_path,
       pg_catalog.pg_is_in_recovery() as standby,
       exists (select from pg_catalog.pg_roles r where r.rolname in ('authenticated', 'anon', 'supabase_auth_admin'))
         and exists (select from pg_catalog.pg_namespace n where n.nspname = 'auth') as supabase
order by 1;
