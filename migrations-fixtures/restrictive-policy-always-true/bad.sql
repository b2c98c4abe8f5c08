create table public.notes (id bigint primary key, owner_id uuid, deleted_at timestamptz);
alter table public.notes enable row level security;
create policy "own" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
create policy "only active accounts" on public.notes -- want policy public.notes/only active accounts
  as restrictive for select to authenticated using (true);
