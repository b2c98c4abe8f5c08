create table public.notes (id bigint primary key, owner_id uuid not null, text text);
alter table public.notes enable row level security;
create policy "owners see" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
create policy "owners change" on public.notes -- want policy public.notes/owners change
  for update to authenticated using (owner_id = (select auth.uid())) with check (true);
