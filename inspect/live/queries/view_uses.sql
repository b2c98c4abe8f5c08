-- What views read and call directly. Objects that initdb made are in no
-- dependency.
select distinct
       r.ev_class as id,
       p.oid is not null as is_function,
       n.nspname::text as schema,
       coalesce(p.proname, c.relname)::text as name
from pg_catalog.pg_rewrite r
join pg_catalog.pg_class v on v.oid = r.ev_class
join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid and d.deptype = 'n'
left join pg_catalog.pg_class c
  on d.refclassid = 'pg_catalog.pg_class'::regclass and c.oid = d.refobjid and c.relkind in ('r', 'p', 'f', 'v', 'm')
left join pg_catalog.pg_proc p on d.refclassid = 'pg_catalog.pg_proc'::regclass and p.oid = d.refobjid
join pg_catalog.pg_namespace n on n.oid = coalesce(p.pronamespace, c.relnamespace)
where r.ev_type = '1' and r.rulename = '_RETURN' and v.relkind in ('v', 'm') and d.refobjid <> r.ev_class
order by 1, 2, 3, 4;
