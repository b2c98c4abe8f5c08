create table public.notes (id bigint primary key);
create table public.tags (id bigint primary key);
alter table public.notes replica identity full;
alter table public.tags replica identity full;
alter publication supabase_realtime add table public.notes, public.tags;

alter table public.tags replica identity default; -- want publication supabase_realtime
