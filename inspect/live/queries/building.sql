-- Of what an index is being built or rebuilt. Whose builds they are, a role may
-- not see; that a process builds one, and what it has locked, it may.
select distinct n.nspname::text as schema, c.relname::text as name
from pg_catalog.pg_stat_progress_create_index p
join pg_catalog.pg_locks l on l.pid = p.pid and l.locktype = 'relation' and l.granted
join pg_catalog.pg_database d on d.oid = l.database and d.datname = pg_catalog.current_database()
join pg_catalog.pg_class c on c.oid = l.relation and c.relkind in ('r', 'm', 'p')
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname !~ '^pg_'
order by 1, 2;
