-- Left out: the row types of tables and views, array types, and the multirange
-- types that come with ranges.
select t.typrelid as id,
       n.nspname::text as schema,
       t.typname::text as name,
       t.typtype::text as kind,
       array(select l.enumlabel::text
             from pg_catalog.pg_enum l
             where l.enumtypid = t.oid
             order by l.enumsortorder) as labels,
       case when t.typtype = 'd' then pg_catalog.format_type(t.typbasetype, t.typtypmod) else '' end as base,
       t.typnotnull as not_null,
       pg_catalog.pg_get_userbyid(t.typowner)::text as owner,
       t.typacl is null as untouched,
       coalesce(t.typacl, pg_catalog.acldefault('T', t.typowner))::text[] as acl,
       e.extname::text as extension
from pg_catalog.pg_type t
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
left join pg_catalog.pg_class c on c.oid = t.typrelid
left join pg_catalog.pg_type element on element.oid = t.typelem and element.typarray = t.oid
left join pg_catalog.pg_depend d
  on d.classid = 'pg_catalog.pg_type'::regclass and d.objid = t.oid and d.deptype = 'e'
left join pg_catalog.pg_extension e on e.oid = d.refobjid
where t.typtype in ('b', 'c', 'd', 'e', 'r') and element.oid is null and (c.oid is null or c.relkind = 'c')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
order by 2, 3;
