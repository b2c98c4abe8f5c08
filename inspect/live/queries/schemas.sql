select n.nspname::text as name,
       pg_catalog.pg_get_userbyid(n.nspowner)::text as owner,
       n.nspacl is null as untouched,
       coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner))::text[] as acl,
       e.extname::text as extension
from pg_catalog.pg_namespace n
left join pg_catalog.pg_depend d
  on d.classid = 'pg_catalog.pg_namespace'::regclass and d.objid = n.oid and d.deptype = 'e'
left join pg_catalog.pg_extension e on e.oid = d.refobjid
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
order by 1;
