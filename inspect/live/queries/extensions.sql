select e.extname::text as name,
       n.nspname::text as schema,
       e.extversion as version,
       coalesce(a.default_version, '') as default_version
from pg_catalog.pg_extension e
join pg_catalog.pg_namespace n on n.oid = e.extnamespace
left join pg_catalog.pg_available_extensions() a on a.name = e.extname
order by 1;
