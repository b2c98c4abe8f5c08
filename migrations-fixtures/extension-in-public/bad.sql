create extension pg_trgm; -- want extension pg_trgm
create extension if not exists citext with schema public; -- want extension citext
