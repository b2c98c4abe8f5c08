select pg_catalog.format_type(c.castsource, null), pg_catalog.format_type(c.casttarget, null), c.castcontext::text,
       coalesce(p.provolatile::text, 'i')
  from pg_catalog.pg_cast c
  left join pg_catalog.pg_proc p on p.oid = c.castfunc
 where c.oid < 16384
