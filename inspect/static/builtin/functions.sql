select n.nspname::text, p.proname::text, p.prokind::text,
       (p.pronargs - p.pronargdefaults)::text,
       p.provariadic <> 0,
       coalesce((select pg_catalog.string_agg(pg_catalog.format_type(t, null), ',' order by o)
                   from pg_catalog.unnest(p.proargtypes) with ordinality as a (t, o)), ''),
       case when p.proretset then 'setof ' else '' end || pg_catalog.format_type(p.prorettype, null)
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
 where n.nspname in ('pg_catalog', 'information_schema')
