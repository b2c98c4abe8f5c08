-- Left out: what makes a view one, and the rules of extensions.
select n.nspname::text as schema,
       c.relname::text as name,
       c.relkind = 'v' as view,
       r.rulename::text as rule
from pg_catalog.pg_rewrite r
join pg_catalog.pg_class c on c.oid = r.ev_class
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where r.rulename <> '_RETURN' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (
    select from pg_catalog.pg_depend d
    where d.deptype = 'e'
      and (d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
           or d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid))
order by 1, 2, 4;
