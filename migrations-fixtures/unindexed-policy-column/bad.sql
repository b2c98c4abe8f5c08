create table public.notes (id bigint primary key, owner_id uuid not null);
alter table public.notes enable row level security;
create policy "owners see" on public.notes -- want table public.notes
  for select to authenticated using (owner_id = (select auth.uid()));
