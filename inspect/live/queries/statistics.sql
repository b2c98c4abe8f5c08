-- How often each table was read, what its pages take, and what its rows would
-- take if they were packed anew, by the widths that ANALYZE found: -1 where a
-- column has none that the role may see, and for small tables, since pg_stats
-- asks for each column whether the role may.
with widths as (
  select a.attrelid,
         pg_catalog.sum(s.avg_width * (1 - s.null_frac)) as width,
         pg_catalog.count(*) as columns,
         pg_catalog.bool_and(s.attname is not null) as complete
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'm') and c.relpages > 128
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_stats s
    on s.schemaname = n.nspname and s.tablename = c.relname and s.attname = a.attname and not s.inherited
  where a.attnum > 0 and not a.attisdropped
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  group by a.attrelid
)
select t.schemaname::text as schema,
       t.relname::text as name,
       (coalesce(t.seq_scan, 0) + coalesce(t.idx_scan, 0))::int8 as scans,
       (c.relpages::int8 * pg_catalog.current_setting('block_size')::int8) as bytes,
       case when c.reltuples >= 0 and w.complete then
         pg_catalog.ceil(
           -- a line pointer, a header with the bitmap of nulls, and the columns,
           -- aligned, in pages filled as far as the table's fillfactor says
           c.reltuples * (4 + 8 * pg_catalog.ceil((23 + (w.columns + 7) / 8 + w.width) / 8.0 + 0.5))
           / (pg_catalog.current_setting('block_size')::float8 - 24)
           * 100 / coalesce((select o.option_value::int4
                             from pg_catalog.pg_options_to_table(c.reloptions) o
                             where o.option_name = 'fillfactor'), 100))
         * pg_catalog.current_setting('block_size')::int8
       else -1 end::int8 as needed
from pg_catalog.pg_stat_user_tables t
join pg_catalog.pg_class c on c.oid = t.relid
left join widths w on w.attrelid = c.oid
where c.relkind in ('r', 'm')
order by 1, 2;
