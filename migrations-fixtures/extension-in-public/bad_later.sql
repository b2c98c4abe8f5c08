create extension pg_trgm with schema extensions;
drop extension pg_trgm;
create extension pg_trgm; -- want extension pg_trgm
