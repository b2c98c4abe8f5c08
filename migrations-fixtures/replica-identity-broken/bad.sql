create table public.notes (id bigint not null, title text); -- want table public.notes
alter publication supabase_realtime add table public.notes;
