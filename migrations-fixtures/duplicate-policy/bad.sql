create table public.notes (id bigint primary key, owner_id uuid, deleted_at timestamptz);
alter table public.notes enable row level security;
create policy "Users can read their notes" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
create policy "own notes" on public.notes -- want policy public.notes/own notes
  for select to authenticated using (owner_id = (select auth.uid()));
