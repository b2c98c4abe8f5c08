-- ALTER ROLE SET and ALTER DATABASE SET that count in this database, and
-- the server's own values of what rules ask for.
select coalesce(r.rolname::text, '') as role,
       case when s.setdatabase <> 0 then pg_catalog.current_database()::text else '' end as database,
       pg_catalog.split_part(c.item, '=', 1) as name,
       pg_catalog.substr(c.item, pg_catalog.strpos(c.item, '=') + 1) as value
from pg_catalog.pg_db_role_setting s
left join pg_catalog.pg_roles r on r.oid = s.setrole
cross join lateral pg_catalog.unnest(s.setconfig) as c (item)
where s.setdatabase in (0, (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database()))
  and (s.setrole = 0 or r.oid is not null)
union all
select '', '', p.name, p.setting
from pg_catalog.pg_settings p
where p.name in ('max_replication_slots', 'max_slot_wal_keep_size', 'max_wal_senders', 'output_plugin_libraries',
                 'server_version_num', 'wal_level')
order by 1, 2, 3;
