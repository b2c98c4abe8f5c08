create extension hstore with schema extensions version '1.7';
alter extension hstore update;
create extension pg_trgm with schema extensions;
