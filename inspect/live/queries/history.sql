-- The migrations that the Supabase CLI has applied. Old versions of it kept
-- neither the name nor the statements.
select m.version::text as version,
       coalesce(pg_catalog.to_jsonb(m) ->> 'name', '') as name,
       case pg_catalog.jsonb_typeof(pg_catalog.to_jsonb(m) -> 'statements') when 'array' then
         array(select s.text
               from pg_catalog.jsonb_array_elements_text(pg_catalog.to_jsonb(m) -> 'statements') with ordinality as s (text, pos)
               order by s.pos) end as statements
from supabase_migrations.schema_migrations m
order by 1;
