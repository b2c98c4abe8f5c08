create table public.notes (id bigint primary key);
alter publication supabase_realtime add table public.notes;

alter publication supabase_realtime set (publish = 'insert'); -- want publication supabase_realtime
