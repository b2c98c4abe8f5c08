create table public.notes (id int primary key);
alter publication supabase_realtime add table public.notes;
alter table public.notes replica identity full;

-- Created anew, for a change of type; only the membership was remembered.
drop table public.notes;
create table public.notes (id bigint primary key); -- want(static) table public.notes: a database has no history
alter publication supabase_realtime add table public.notes;
