create table public.notes (id bigint primary key, owner_id uuid);
alter table public.notes enable row level security;
create policy "notes are read" on public.notes for select to authenticated using (true);
alter publication supabase_realtime add table public.notes; -- want table public.notes

drop policy "notes are read" on public.notes;
-- A restrictive policy alone lets nothing through.
create policy "only owners" on public.notes as restrictive
  for select to authenticated using (owner_id = (select auth.uid()));
