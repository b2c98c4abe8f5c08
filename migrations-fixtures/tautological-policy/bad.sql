create table public.notes (id bigint primary key, owner_id uuid, deleted_at timestamptz);
alter table public.notes enable row level security;
create policy "own" on public.notes -- want policy public.notes/own
  for select to authenticated using (owner_id = (select auth.uid()) or true);
create policy "by id" on public.notes for select to authenticated using (id = id); -- want policy public.notes/by id
