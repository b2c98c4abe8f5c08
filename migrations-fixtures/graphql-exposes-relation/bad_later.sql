-- live: skip pg_graphql is not part of PostgreSQL
create extension if not exists pg_graphql;
create table public.notes (id bigint primary key, body text); -- want table public.notes
revoke all on public.notes from anon, authenticated;
grant select (id) on public.notes to anon;
