create table public.notes (id bigint primary key, owner_id uuid not null);
create table public.news (id bigint primary key);
create index notes_owner_id_idx on public.notes (owner_id);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
grant select on public.notes to authenticated;
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));
alter table public.news enable row level security;
revoke all on public.news from anon, authenticated;
alter table public.notes replica identity full;
-- What is not published does not count.
alter publication supabase_realtime add table public.notes;
