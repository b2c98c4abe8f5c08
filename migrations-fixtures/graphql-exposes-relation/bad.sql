-- live: skip pg_graphql is not part of PostgreSQL
create extension if not exists pg_graphql;
create table public.notes (id bigint primary key); -- want table public.notes
alter table public.notes enable row level security;
revoke select on public.notes from anon;
create view public.note_ids with (security_invoker = true) as select id from public.notes; -- want view public.note_ids
