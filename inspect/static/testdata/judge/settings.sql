set statement_timeout = 0;
set statement_timeout = 'abc';
set nope_3 = 1;
set app.x = '1';
-- differs: the platform takes it, or a later version
set log_statement = 'all';
set wal_level = logical;
set shared_buffers = '1GB';
set log_connections = on;
set autovacuum=off;
set lc_messages='C';
-- differs: the platform takes it, or a later version
set session_replication_role = replica;
set row_security = maybe;
set row_security = off;
set xmloption = content;
set check_function_bodies = false;
set check_function_bodies = 2;
set default_tablespace = '';
set default_table_access_method = heap;
set search_path = nope_19;
set search_path = '';
set search_path to public, extensions;
set server_version = '1';
reset search_path;
reset nope_24;
reset app.nope_25;
reset wal_level;
set local search_path = public;
set role nope_28;
set role anon;
reset role;
set session authorization anon;
set session authorization nope_32;
reset session authorization;
set time zone 'UTC';
set names 'utf8';
set session characteristics as transaction read only;
set session characteristics as transaction read write;
set "app.settings.jwt" to 'x';
set app.x.y = 1;
set "1app.x" = 1;
-- differs: the platform takes it, or a later version
alter system set work_mem = '1MB';
set idle_session_timeout = 0;
-- differs: the platform takes it, or a later version
set transaction_timeout = 0;
