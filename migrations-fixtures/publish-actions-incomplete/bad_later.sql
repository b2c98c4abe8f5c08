create table public.notes (id bigint primary key);
drop publication supabase_realtime;
create publication supabase_realtime for table public.notes with (publish = 'insert, update'); -- want publication supabase_realtime
