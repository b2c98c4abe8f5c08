create table public.notes (id bigint primary key, owner_id uuid);
alter table public.notes enable row level security;
-- Who writes is said, who reads is not.
create policy "notes are added by their owner" on public.notes
  for insert to authenticated with check (owner_id = (select auth.uid()));

alter publication supabase_realtime add table public.notes; -- want table public.notes
