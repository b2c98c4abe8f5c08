create table public.notes (id bigint primary key);
alter publication supabase_realtime add table public.notes;
alter table public.notes replica identity full;

alter table public.notes replica identity default; -- want(static) table public.notes: a database has no history
