create table public.notes (id bigint primary key, owner_id uuid);
alter table public.notes enable row level security; -- want table public.notes
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));

drop policy "notes are read by their owner" on public.notes;
