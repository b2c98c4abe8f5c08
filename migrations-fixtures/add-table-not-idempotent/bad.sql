create table public.notes (id bigint primary key);
alter publication supabase_realtime add table public.notes;

-- A later migration adds it again, as the dashboard's SQL was pasted.
alter publication supabase_realtime add table public.notes; -- want(static) table public.notes: a server stops here
