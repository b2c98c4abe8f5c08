-- All slots of the server: they take the same places and the same disk. How
-- much of the log each keeps is counted to where the log ends, on a replica to
-- where it was received.
select s.slot_name::text as name,
       coalesce(s.database::text, '') as database,
       coalesce(s.plugin::text, '') as plugin,
       s.temporary,
       s.active,
       coalesce(s.wal_status, '') as wal_status,
       coalesce(s.invalidation_reason /* before 17: '' */, '') as reason,
       coalesce(pg_catalog.pg_wal_lsn_diff(
         case when pg_catalog.pg_is_in_recovery() then pg_catalog.pg_last_wal_receive_lsn() else pg_catalog.pg_current_wal_lsn() end,
         s.restart_lsn), 0)::int8 as retained
from pg_catalog.pg_replication_slots s
order by 1;
