select p.oid as id,
       p.pubname::text as name,
       pg_catalog.pg_get_userbyid(p.pubowner)::text as owner,
       p.puballtables as all_tables,
       p.pubinsert as inserts,
       p.pubupdate as updates,
       p.pubdelete as deletes,
       p.pubtruncate as truncates,
       p.pubviaroot as via_root
from pg_catalog.pg_publication p
order by 2;
