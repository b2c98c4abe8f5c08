create table public.notes (id bigint primary key, draft boolean not null);
drop publication supabase_realtime;
create publication supabase_realtime for table public.notes where (id > 100); -- want table public.notes
