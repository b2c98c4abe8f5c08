create table public.notes (id bigint primary key);
alter table public.notes enable row level security;
create policy "notes are read" on public.notes for select to authenticated using (true);

drop policy "notes are read" on public.notes;
create policy "notes are read" on public.notes for select to authenticated; -- want policy public.notes/notes are read
