select r.prpubid as id,
       r.prrelid as relation,
       n.nspname::text as schema,
       c.relname::text as name,
       case when r.prattrs /* before 15: null::int2[] */ is not null then
         array(select a.attname::text
               from pg_catalog.unnest(r.prattrs /* before 15: null::int2[] */) with ordinality as u (num, pos)
               join pg_catalog.pg_attribute a on a.attrelid = r.prrelid and a.attnum = u.num
               order by u.pos) end as columns,
       pg_catalog.pg_get_expr(r.prqual /* before 15: null::pg_node_tree */, r.prrelid) as row_filter
from pg_catalog.pg_publication_rel r
join pg_catalog.pg_class c on c.oid = r.prrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
order by 1, 3, 4;
