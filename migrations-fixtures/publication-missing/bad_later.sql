create table public.notes (id bigint primary key);
alter publication supabase_realtime add table public.notes;

-- Renamed: Realtime looks for the old name.
drop publication if exists supabase_realtime; -- want publication supabase_realtime
create publication realtime for table public.notes;
