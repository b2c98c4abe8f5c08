select s.slot_name::text as name,
       coalesce(s.plugin::text, '') as plugin,
       s.temporary,
       s.active,
       coalesce(s.wal_status, '') as wal_status
from pg_catalog.pg_replication_slots s
where s.slot_type = 'logical' and s.database = pg_catalog.current_database()
order by 1;
