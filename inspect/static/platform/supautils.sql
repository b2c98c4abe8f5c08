-- The platform lets postgres manage policies, and drop triggers, on tables it
-- does not own: supautils raises its rights for just these commands (github.com/
-- supabase/supautils, policy_grants and drop_trigger_grants). Two event
-- triggers do the same here, for the commands only, so that ALTER TABLE on
-- such a table is still refused.
create function extensions.lend_platform_tables() returns event_trigger language plpgsql security definer set search_path = '' as $$
begin
  grant supabase_auth_admin, supabase_realtime_admin, supabase_storage_admin to postgres;
end
$$;
create function extensions.take_platform_tables() returns event_trigger language plpgsql security definer set search_path = '' as $$
begin
  revoke supabase_auth_admin, supabase_realtime_admin, supabase_storage_admin from postgres;
end
$$;
create event trigger lend_platform_tables on ddl_command_start
  when tag in ('CREATE POLICY', 'ALTER POLICY', 'DROP POLICY', 'DROP TRIGGER') execute function extensions.lend_platform_tables();
create event trigger take_platform_tables on ddl_command_end
  when tag in ('CREATE POLICY', 'ALTER POLICY', 'DROP POLICY', 'DROP TRIGGER') execute function extensions.take_platform_tables();
