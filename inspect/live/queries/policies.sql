select p.polrelid as id,
       p.polname::text as name,
       p.polcmd::text as command,
       p.polpermissive as permissive,
       array(select pg_catalog.pg_get_userbyid(u.member)::text
             from pg_catalog.unnest(p.polroles) as u (member)
             where u.member <> 0) as roles,
       0 = any (p.polroles) as for_public,
       pg_catalog.pg_get_expr(p.polqual, p.polrelid) as using_expr,
       p.polqual is not null as has_using,
       pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) as check_expr,
       p.polwithcheck is not null as has_check
from pg_catalog.pg_policy p
order by p.polrelid, p.polname;
