create table public.notes (id bigint not null, title text); -- want table public.notes
alter publication supabase_realtime add table public.notes;

-- A unique key is no primary key.
create table public.tags (id bigint not null unique, name text); -- want table public.tags
alter publication supabase_realtime add table public.tags;
