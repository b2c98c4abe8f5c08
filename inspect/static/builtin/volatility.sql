select p.proname::text,
       coalesce((select pg_catalog.string_agg(pg_catalog.format_type(t, null), ',' order by o)
                   from pg_catalog.unnest(p.proargtypes) with ordinality as a (t, o)), ''),
       p.provolatile::text
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
 where n.nspname = 'pg_catalog' and p.provolatile <> 'i'
