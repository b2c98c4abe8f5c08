-- SET TABLE replaces the whole list.
create table public.notes (id bigint primary key);
create table public.tags (id bigint primary key);
alter publication supabase_realtime add table public.notes;

alter publication supabase_realtime set table public.tags; -- want(static) table public.notes: a database has no history
