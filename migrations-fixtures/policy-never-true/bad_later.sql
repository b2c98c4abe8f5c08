create table public.notes (id bigint primary key, owner_id uuid, deleted_at timestamptz);
alter table public.notes enable row level security;
create policy "not deleted" on public.notes for select to authenticated using (deleted_at is null);
alter policy "not deleted" on public.notes using ((select auth.uid()) = null); -- want policy public.notes/not deleted
