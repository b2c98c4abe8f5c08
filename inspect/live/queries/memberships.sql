-- From PostgreSQL 16 a membership says for itself whether it inherits and
-- allows SET ROLE, and may exist once for every grantor; before, the member's
-- INHERIT decides and SET ROLE is always allowed.
select m.rolname::text as member,
       g.rolname::text as granted,
       a.admin_option as admin,
       a.inherit_option /* before 16: m.rolinherit */ as inherit,
       a.set_option /* before 16: true */ as settable,
       pg_catalog.pg_get_userbyid(a.grantor)::text as grantor
from pg_catalog.pg_auth_members a
join pg_catalog.pg_roles m on m.oid = a.member
join pg_catalog.pg_roles g on g.oid = a.roleid
order by 1, 2, a.grantor;
