create table public.notes (id bigint primary key, owner_id uuid, deleted_at timestamptz);
alter table public.notes enable row level security;
create policy "not deleted" on public.notes -- want policy public.notes/not deleted
  for select to authenticated using (owner_id = (select auth.uid()) and deleted_at = null);
create policy "nobody" on public.notes for delete to authenticated using (id <> id); -- want policy public.notes/nobody
