create table public.notes (id bigint primary key, owner_id uuid not null, internal_note text, tokens_used int);
create index notes_owner_id_idx on public.notes (owner_id);
alter table public.notes enable row level security;
alter table public.notes replica identity full;
revoke all on public.notes from anon, authenticated;
-- Who may not select the column does not get its old value either.
grant select (id, owner_id, tokens_used) on public.notes to authenticated;
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));
alter publication supabase_realtime add table public.notes;
