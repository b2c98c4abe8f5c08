create table public.notes (id bigint primary key, title text); -- want table public.notes
alter publication supabase_realtime add table public.notes;
alter table public.notes drop constraint notes_pkey;
