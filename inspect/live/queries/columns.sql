-- Columns of tables, views and composite types. Only the expressions of
-- generated columns read columns; the others are printed without the server
-- opening the table.
select a.attrelid as id,
       a.attname::text as name,
       pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
       a.attnotnull as not_null,
       a.atthasdef as has_default,
       pg_catalog.pg_get_expr(d.adbin, case when a.attgenerated = '' then 0::oid else d.adrelid end) as default_expr,
       a.attgenerated <> '' as generated,
       a.attidentity <> '' as identity,
       a.attislocal as local,
       coalesce(a.attacl, '{}')::text[] as acl
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'f', 'v', 'm', 'c')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
order by a.attrelid, a.attnum;
