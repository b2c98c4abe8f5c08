select s.schemaname::text as schema,
       s.relname::text as name,
       s.indexrelname::text as index,
       s.idx_scan::int8 as scans
from pg_catalog.pg_stat_user_indexes s
order by 1, 2, 3;
