-- PostgreSQL 15 and later.
select p.pnpubid as id,
       n.nspname::text as schema
from pg_catalog.pg_publication_namespace p
join pg_catalog.pg_namespace n on n.oid = p.pnnspid
order by 1, 2;
