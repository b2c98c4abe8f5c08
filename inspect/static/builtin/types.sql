select t.typname::text, pg_catalog.format_type(t.oid, null), t.typtype::text, t.typcategory::text, t.typispreferred,
       coalesce(pg_catalog.format_type(nullif(t.typelem, 0), null), ''), i.provolatile::text, o.provolatile::text
  from pg_catalog.pg_type t
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  join pg_catalog.pg_proc i on i.oid = t.typinput
  join pg_catalog.pg_proc o on o.oid = t.typoutput
 where n.nspname = 'pg_catalog' and t.typtype in ('b', 'p', 'r', 'm')
