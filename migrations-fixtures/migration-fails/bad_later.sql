create table public.notes (id bigint primary key);
alter table public.notes enable row level security;
create policy "notes are public" on public.notes for select using (true);

-- A later migration copied from the dashboard.
create policy "notes are public" on public.notes for select using (true); -- want policy public.notes/notes are public
