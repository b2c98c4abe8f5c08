select o.oprname::text, case when o.oprleft = 0 then '' else pg_catalog.format_type(o.oprleft, null) end,
       pg_catalog.format_type(o.oprright, null), pg_catalog.format_type(o.oprresult, null), p.provolatile::text
  from pg_catalog.pg_operator o
  join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
  join pg_catalog.pg_proc p on p.oid = o.oprcode
 where n.nspname = 'pg_catalog'
