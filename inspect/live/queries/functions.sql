-- Left out: the constructors that come with a range type.
select n.nspname::text as schema,
       p.proname::text as name,
       p.prokind::text as kind,
       array(select pg_catalog.format_type(u.type, null)
             from pg_catalog.unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as u (type, pos)
             order by u.pos) as types,
       coalesce(p.proargmodes::text[], '{}') as modes,
       coalesce(p.proargnames, '{}') as names,
       p.pronargdefaults::int4 as defaults,
       coalesce(pg_catalog.format_type(nullif(p.prorettype, 0), null), '') as returns,
       p.proretset as returns_set,
       l.lanname::text as language,
       p.provolatile::text as volatility,
       p.prosecdef as definer,
       p.proisstrict as strict,
       p.proleakproof as leakproof,
       coalesce(p.proconfig, '{}') as config,
       case when p.prosqlbody is null then p.prosrc else pg_catalog.pg_get_function_sqlbody(p.oid) end as body,
       p.prosqlbody is not null as standard_body,
       pg_catalog.pg_get_userbyid(p.proowner)::text as owner,
       p.proacl is null as untouched,
       coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))::text[] as acl,
       e.extname::text as extension
from pg_catalog.pg_proc p
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
join pg_catalog.pg_language l on l.oid = p.prolang
left join pg_catalog.pg_depend d
  on d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
left join pg_catalog.pg_extension e on e.oid = d.refobjid
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (
    select from pg_catalog.pg_depend i
    where i.classid = 'pg_catalog.pg_proc'::regclass and i.objid = p.oid and i.deptype = 'i'
      and i.refclassid = 'pg_catalog.pg_type'::regclass)
order by 1, 2, p.oid;
