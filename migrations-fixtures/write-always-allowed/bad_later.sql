create table public.notes (id bigint primary key, owner_id uuid);
alter table public.notes enable row level security;
create policy "notes are their owner's" on public.notes
  to authenticated using (owner_id = (select auth.uid()));

-- Loosened for a demonstration.
alter policy "notes are their owner's" on public.notes using (true); -- want policy public.notes/notes are their owner's
