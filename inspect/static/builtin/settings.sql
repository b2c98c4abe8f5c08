select name, context, vartype, coalesce(pg_catalog.array_to_string(enumvals, ','), '')
  from pg_catalog.pg_settings
 where name not like '%.%'
