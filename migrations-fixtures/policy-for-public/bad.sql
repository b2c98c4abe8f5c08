create table public.notes (id bigint primary key, owner_id uuid);
alter table public.notes enable row level security;

create policy "notes are read by their owner" on public.notes -- want policy public.notes/notes are read by their owner
  for select using (owner_id = (select auth.uid()));
