-- What new projects take back from that since 2026-05-30 (supabase/cli:
-- RevokeDefaultDataApiPrivilegesSql, the same as Studio at project creation).
-- TRUNCATE, REFERENCES, TRIGGER and MAINTAIN, and UPDATE on sequences, stay.
alter default privileges for role postgres in schema public revoke select, insert, update, delete on tables from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke usage, select on sequences from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke execute on functions from anon, authenticated, service_role;
