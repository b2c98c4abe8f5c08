select c.oid as id,
       n.nspname::text as schema,
       c.relname::text as name,
       c.relkind::text as kind,
       c.relpersistence::text as persistence,
       pg_catalog.pg_get_userbyid(c.relowner)::text as owner,
       c.relrowsecurity as rls,
       c.relforcerowsecurity as force_rls,
       c.relreplident::text as identity,
       c.relispartition as partition,
       case when c.relkind = 'p' then pg_catalog.pg_get_partkeydef(c.oid) else '' end as partition_key,
       c.relacl is null as untouched,
       coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner))::text[] as acl,
       e.extname::text as extension
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_depend d
  on d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'e'
left join pg_catalog.pg_extension e on e.oid = d.refobjid
where c.relkind in ('r', 'p', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
order by 2, 3;
