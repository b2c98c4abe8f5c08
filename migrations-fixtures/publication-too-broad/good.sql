create table public.notes (id bigint primary key);
alter table public.notes enable row level security;
alter table public.notes replica identity full;
create policy "notes are read by everyone" on public.notes for select using (true);
create publication supabase_realtime for table public.notes;

-- What Realtime does not read may be as broad as it likes.
create publication warehouse for all tables;
