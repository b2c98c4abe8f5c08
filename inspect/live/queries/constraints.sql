-- Left out: NOT NULL, which PostgreSQL 18 lists here too and a column's flag
-- says, and the copies that a foreign key to a partitioned table has for each
-- partition it points to.
select k.conrelid as id,
       k.conname::text as name,
       k.contype::text as kind,
       k.condeferrable as is_deferrable,
       array(select a.attname::text
             from pg_catalog.unnest(k.conkey) with ordinality as u (num, pos)
             join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num
             order by u.pos) as columns,
       case when k.contype = 'c' then pg_catalog.pg_get_expr(k.conbin, k.conrelid) end as check_expr,
       fn.nspname::text as ref_schema,
       f.relname::text as ref_name,
       case when k.contype = 'f' then
         array(select a.attname::text
               from pg_catalog.unnest(k.confkey) with ordinality as u (num, pos)
               join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.num
               order by u.pos) end as ref_columns,
       k.confdeltype::text as on_delete
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_class f on f.oid = k.confrelid
left join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace
left join pg_catalog.pg_constraint above on above.oid = k.conparentid
where k.contype in ('p', 'u', 'c', 'f', 'x') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and (k.contype <> 'f' or above.conrelid is distinct from k.conrelid)
order by k.conrelid, k.conname;
