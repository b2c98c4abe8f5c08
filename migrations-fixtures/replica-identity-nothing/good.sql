create table public.notes (id bigint primary key, owner_id uuid not null);
create index notes_owner_id_idx on public.notes (owner_id);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
grant select on public.notes to authenticated;
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));
alter table public.notes replica identity nothing;
alter table public.notes replica identity full;
alter publication supabase_realtime add table public.notes;

-- Not published: its writes do not fail.
create table public.imports (id bigint primary key);
alter table public.imports enable row level security;
revoke all on public.imports from anon, authenticated;
alter table public.imports replica identity nothing;
