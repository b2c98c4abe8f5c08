-- Dropped and created again, for a change of type: the membership is gone.
create table public.notes (id int primary key);
alter publication supabase_realtime add table public.notes;

drop table public.notes; -- want(static) table public.notes: a database has no history
create table public.notes (id bigint primary key);
