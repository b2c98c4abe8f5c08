create table public.notes (id bigint primary key, owner_id uuid not null);
alter table public.notes enable row level security;
create policy "owners change" on public.notes -- want policy public.notes/owners change
  for update to authenticated using (owner_id = (select auth.uid()));
