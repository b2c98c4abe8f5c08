create table public.notes (id bigint primary key);
create table public.tags (id bigint primary key);
alter publication supabase_realtime add table public.notes, public.tags;

drop publication supabase_realtime;
create publication supabase_realtime for table public.notes;
alter publication supabase_realtime add table public.notes; -- want(static) table public.notes: a server stops here
