select r.rolname::text as name,
       r.rolsuper as superuser,
       r.rolbypassrls as bypassrls,
       r.rolinherit as inherit,
       r.rolcanlogin as login,
       r.rolcreaterole as createrole,
       r.rolcreatedb as createdb,
       r.rolreplication as replication
from pg_catalog.pg_roles r
order by 1;
