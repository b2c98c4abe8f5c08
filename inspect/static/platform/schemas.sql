-- Schemas and who may use them (supabase/postgres: migrations/db/init-scripts,
-- 20250421084701_revoke_admin_roles_from_postgres.sql and the grants after
-- it). On the platform, postgres creates in public as the database's owner; the
-- explicit grant says the same for any database. PostgreSQL 14 let everyone.
alter schema public owner to pg_database_owner;
revoke create on schema public from public;
grant create, usage on schema public to postgres;
grant usage on schema public to anon, authenticated, service_role;

create schema auth;
create schema storage;
create schema realtime;
create schema graphql;
create schema graphql_public;
create schema vault;
create schema supabase_functions;
create schema extensions authorization postgres;
create schema supabase_migrations authorization postgres;
create schema pgbouncer authorization pgbouncer;

grant usage on schema auth, extensions to anon, authenticated, service_role;
grant usage on schema auth to postgres;
grant usage on schema storage, realtime, graphql, graphql_public, supabase_functions to anon, authenticated, service_role;
grant usage on schema storage, realtime, graphql, graphql_public, vault to postgres with grant option;
grant usage on schema supabase_functions to postgres;
grant usage on schema vault to service_role;
grant all on schema auth to supabase_auth_admin;
grant all on schema storage to supabase_storage_admin with grant option;
grant all on schema realtime to supabase_realtime_admin with grant option;
grant all on schema supabase_functions to supabase_functions_admin;
grant all on schema auth, storage, extensions to dashboard_user;

set role postgres;
create table supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
reset role;
create publication supabase_realtime;
alter publication supabase_realtime owner to postgres;
