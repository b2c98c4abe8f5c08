create table public.notes (id bigint primary key, title text, secret text);

alter publication supabase_realtime add table public.notes (id, title); -- want table public.notes
