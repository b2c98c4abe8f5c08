-- The server, who is connected, and which views of what goes on that role may
-- read, as anyone may unless the server's owner has taken it from them.
select pg_catalog.current_setting('server_version_num')::int4 as version,
       pg_catalog.current_database()::text as database,
       current_user::text as who,
       pg_catalog.current_setting('search_path') as search_path,
       pg_catalog.pg_is_in_recovery() as standby,
       exists (select from pg_catalog.pg_roles r where r.rolname in ('authenticated', 'anon', 'supabase_auth_admin'))
         and exists (select from pg_catalog.pg_namespace n where n.nspname = 'auth') as supabase,
       pg_catalog.has_table_privilege('pg_catalog.pg_stat_progress_create_index', 'select')
         and pg_catalog.has_table_privilege('pg_catalog.pg_locks', 'select') as sees_builds,
       pg_catalog.has_table_privilege('pg_catalog.pg_replication_slots', 'select')
         and pg_catalog.has_function_privilege('pg_catalog.pg_get_replication_slots()', 'execute')
         and pg_catalog.has_function_privilege('pg_catalog.pg_current_wal_lsn()', 'execute')
         and pg_catalog.has_function_privilege('pg_catalog.pg_last_wal_receive_lsn()', 'execute') as sees_slots
order by 1;
