select p.polrelid as id,
       p.polname::text as name,
       p.polcmd::text as command,
       p.polpermissive as permissive,
       array(select coalesce(r.rolname::text, u.member::text)
             from pg_catalog.unnest(p.polroles) as u (member)
             left join pg_catalog.pg_roles r on r.oid = u.member
             where u.member <> 0
             order by 1) as roles,
       0 = any (p.polroles) as for_public,
       pg_catalog.pg_get_expr(p.polqual, p.polrelid) as using_expr,
       p.polqual is not null as has_using,
       pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) as check_expr,
       p.polwithcheck is not null as has_check
from pg_catalog.pg_policy p
order by p.polrelid, p.polname;
