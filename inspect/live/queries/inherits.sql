select i.inhrelid as id,
       n.nspname::text as schema,
       p.relname::text as name
from pg_catalog.pg_inherits i
join pg_catalog.pg_class p on p.oid = i.inhparent
join pg_catalog.pg_namespace n on n.oid = p.relnamespace
where p.relkind in ('r', 'p', 'f')
order by i.inhrelid, i.inhseqno;
