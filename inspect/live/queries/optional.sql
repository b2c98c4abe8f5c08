-- Relations of the platform that Load reads when they are there and may be
-- read, with the columns that its queries name.
select n.nspname::text as schema,
       c.relname::text as name,
       pg_catalog.has_schema_privilege(n.oid, 'usage') and pg_catalog.has_table_privilege(c.oid, 'select') as readable,
       pg_catalog.row_security_active(c.oid) as filtered,
       array(select a.attname::text
             from pg_catalog.pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             order by a.attnum) as columns
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where (n.nspname, c.relname) in (('realtime', 'subscription'), ('storage', 'buckets'), ('supabase_migrations', 'schema_migrations'))
  and c.relkind in ('r', 'p', 'v')
order by 1, 2;
