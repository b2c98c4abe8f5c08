create table public.notes (id bigint primary key, body text); -- want table public.notes
alter publication supabase_realtime add table public.notes;
