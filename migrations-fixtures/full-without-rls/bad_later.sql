create table public.notes (id bigint primary key, body text);
alter table public.notes enable row level security;
alter publication supabase_realtime add table public.notes;
alter table public.notes replica identity full; -- want table public.notes

alter table public.notes disable row level security;
