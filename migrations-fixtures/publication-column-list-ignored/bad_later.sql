create table public.notes (id bigint primary key, title text, secret text);
alter publication supabase_realtime add table public.notes;

alter publication supabase_realtime set table public.notes (id); -- want table public.notes
