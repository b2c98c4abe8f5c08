-- Triggers that somebody made, and their clones on partitions, which before
-- PostgreSQL 15 were marked internal like those of foreign keys.
select t.tgrelid as id,
       t.tgname::text as name,
       t.tgtype::int4 as type,
       array(select a.attname::text
             from pg_catalog.unnest(t.tgattr) with ordinality as u (num, pos)
             join pg_catalog.pg_attribute a on a.attrelid = t.tgrelid and a.attnum = u.num
             order by u.pos) as columns,
       n.nspname::text as function_schema,
       p.proname::text as function_name,
       case when t.tgqual is not null then pg_catalog.pg_get_triggerdef(t.oid, false) end as definition,
       t.tgconstraint <> 0 as is_constraint,
       t.tgenabled <> 'D' as enabled,
       t.tgparentid <> 0 as inherited
from pg_catalog.pg_trigger t
join pg_catalog.pg_proc p on p.oid = t.tgfoid
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
left join pg_catalog.pg_constraint k on k.oid = t.tgconstraint
where not t.tgisinternal or t.tgparentid <> 0 and (k.oid is null or k.contype = 't')
order by t.tgrelid, t.tgname;
