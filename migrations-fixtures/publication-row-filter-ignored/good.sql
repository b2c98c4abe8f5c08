create table public.notes (id bigint primary key, owner_id uuid not null, draft boolean not null);
create index notes_owner_id_idx on public.notes (owner_id);
alter table public.notes enable row level security;
alter table public.notes replica identity full;
revoke all on public.notes from anon, authenticated;
-- Column privileges are honoured; a policy stands for the filter.
grant select (id, owner_id) on public.notes to authenticated;
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (not draft and owner_id = (select auth.uid()));
alter publication supabase_realtime add table public.notes;

-- Lists and filters work for publications that Realtime does not read.
create publication warehouse for table public.notes (id, draft) where (not draft);
