create table public.notes (id bigint primary key, owner_id uuid);
alter table public.notes enable row level security;
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));

alter table public.notes disable row level security; -- want table public.notes
