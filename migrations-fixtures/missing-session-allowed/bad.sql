create table public.notes (id bigint primary key, owner_id uuid not null);
alter table public.notes enable row level security;
create policy "notes are their owner's" on public.notes -- want policy public.notes/notes are their owner's
  for select using (auth.uid() is null or owner_id = auth.uid());
