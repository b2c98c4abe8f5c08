create schema app;
alter default privileges in schema app grant select on tables to authenticated, service_role;
-- Given and taken back; and functions, which PostgreSQL itself gives to PUBLIC.
alter default privileges in schema app grant select on tables to public;
alter default privileges in schema app revoke select on tables from public;
alter default privileges in schema app grant execute on functions to authenticated;
