create extension pg_trgm with schema extensions;
create extension if not exists "uuid-ossp";
create extension citext;
drop extension citext;
create extension citext with schema extensions;
create schema search;
create extension unaccent with schema search;
create extension hstore;
drop extension hstore;
