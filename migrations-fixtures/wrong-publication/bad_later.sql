create table public.tickets (id bigint primary key);
create table public.notes (id bigint primary key);
alter publication supabase_realtime add table public.tickets;

-- A name that sounds right.
create publication realtime_changes for table public.notes; -- want table public.notes
