-- live: skip pg_graphql is not part of PostgreSQL
create extension if not exists pg_graphql;
create table public.notes (id bigint primary key);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
create schema internal;
create table internal.jobs (id bigint primary key);
