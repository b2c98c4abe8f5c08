select pg_catalog.pg_get_userbyid(d.defaclrole)::text as role,
       coalesce(n.nspname::text, '') as schema,
       d.defaclobjtype::text as kind,
       d.defaclacl::text[] as acl
from pg_catalog.pg_default_acl d
left join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace
where d.defaclobjtype in ('r', 'S', 'f', 'T', 'n')
order by 1, 2, 3;
