select a.amname::text, c.opcname::text, pg_catalog.format_type(c.opcintype, null), c.opcdefault
  from pg_catalog.pg_opclass c
  join pg_catalog.pg_am a on a.oid = c.opcmethod
  join pg_catalog.pg_namespace n on n.oid = c.opcnamespace
 where n.nspname = 'pg_catalog'
