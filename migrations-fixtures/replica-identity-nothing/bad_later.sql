create table public.notes (id bigint primary key);
alter table public.notes replica identity nothing; -- want table public.notes

-- Harmless until this.
alter publication supabase_realtime add table public.notes;
