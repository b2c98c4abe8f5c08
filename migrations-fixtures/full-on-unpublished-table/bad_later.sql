create table public.notes (id bigint primary key);
alter table public.notes replica identity full; -- want table public.notes
alter publication supabase_realtime add table public.notes;

alter publication supabase_realtime drop table public.notes;
