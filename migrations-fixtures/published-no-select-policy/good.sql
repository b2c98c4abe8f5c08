create table public.notes (id bigint primary key, owner_id uuid not null);
create table public.news (id bigint primary key);
create index notes_owner_id_idx on public.notes (owner_id);
alter table public.notes enable row level security;
alter table public.news enable row level security;
alter table public.notes replica identity full;
alter table public.news replica identity full;
revoke all on public.notes, public.news from anon, authenticated;
grant select, insert, update, delete on public.notes to authenticated;
grant select on public.news to anon, authenticated;

-- FOR ALL covers SELECT.
create policy "notes are their owner's" on public.notes
  for all to authenticated using (owner_id = (select auth.uid())) with check (owner_id = (select auth.uid()));
-- Public on purpose.
create policy "news are public" on public.news for select using (true);
alter publication supabase_realtime add table public.notes, public.news;
