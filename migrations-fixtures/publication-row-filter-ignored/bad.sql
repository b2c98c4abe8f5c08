create table public.notes (id bigint primary key, draft boolean not null);

alter publication supabase_realtime add table public.notes where (not draft); -- want table public.notes
