-- Who is connected to Realtime now: for each table and role, how many
-- subscriptions there are, and how many of their tokens carry each claim. The
-- values of the claims stay on the server.
with subscription as (
  select s.entity, coalesce(r.rolname::text, '') as role, s.claims
  from realtime.subscription s
  left join pg_catalog.pg_roles r on r.oid = s.claims_role::oid
), carried as (
  select s.entity, s.role, array[]::text[] as path
  from subscription s
  union all
  select s.entity, s.role, array[k.name]
  from subscription s
  cross join lateral pg_catalog.jsonb_object_keys(case pg_catalog.jsonb_typeof(s.claims) when 'object' then s.claims else '{}' end) as k (name)
  union all
  select s.entity, s.role, array[outside.name, k.name]
  from subscription s
  cross join (values ('app_metadata'), ('user_metadata')) as outside (name)
  cross join lateral pg_catalog.jsonb_object_keys(
    case pg_catalog.jsonb_typeof(s.claims -> outside.name) when 'object' then s.claims -> outside.name else '{}' end) as k (name)
)
select n.nspname::text as schema,
       c.relname::text as name,
       s.role,
       s.path,
       pg_catalog.count(*) as subscriptions
from carried s
join pg_catalog.pg_class c on c.oid = s.entity::oid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
group by 1, 2, 3, 4
order by 1, 2, 3, 4;
