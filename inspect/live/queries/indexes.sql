select i.indrelid as id,
       c.relname::text as name,
       m.amname::text as method,
       i.indisunique as is_unique,
       i.indisprimary as is_primary,
       i.indisvalid as is_valid,
       i.indimmediate as is_immediate,
       i.indisreplident as is_identity,
       i.indnullsnotdistinct /* before 15: false */ as nulls_not_distinct,
       i.indnkeyatts::int4 as keys,
       array(select coalesce(a.attname::text, '')
             from pg_catalog.unnest(i.indkey) with ordinality as u (num, pos)
             left join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.num
             order by u.pos) as columns,
       case when i.indexprs is not null then
         array(select pg_catalog.pg_get_indexdef(i.indexrelid, u.pos::int4, false)
               from pg_catalog.unnest(i.indkey) with ordinality as u (num, pos)
               where u.num = 0
               order by u.pos) end as exprs,
       array(select pg_catalog.concat_ws(' ',
                      case when case when i.indkey[k] = 0 then coll.collname <> 'default' else coll.oid is distinct from a.attcollation end
                           then 'collate ' || coll.collname end,
                      case when not o.opcdefault then o.opcname end,
                      case when i.indoption[k]::int4 & 1 = 1 then 'desc' end,
                      case i.indoption[k]::int4 & 3 when 2 then 'nulls first' when 1 then 'nulls last' end)
             from pg_catalog.generate_series(0, i.indnkeyatts - 1) as k
             join pg_catalog.pg_opclass o on o.oid = i.indclass[k]
             left join pg_catalog.pg_collation coll on coll.oid = i.indcollation[k]
             left join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[k] and i.indkey[k] <> 0
             order by k) as options,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid) as predicate,
       k.conname::text as constraint_name
from pg_catalog.pg_index i
join pg_catalog.pg_class c on c.oid = i.indexrelid
join pg_catalog.pg_am m on m.oid = c.relam
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x') and k.conrelid = i.indrelid
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
order by i.indrelid, c.relname;
