create table public.notes (id bigint primary key, owner_id uuid, deleted_at timestamptz);
alter table public.notes enable row level security;
create policy "a" on public.notes for update to authenticated using (owner_id = (select auth.uid())) with check (owner_id = (select auth.uid()));
create policy "b" on public.notes for update to anon using (owner_id = (select auth.uid())); -- want policy public.notes/b
alter policy "b" on public.notes to authenticated;
