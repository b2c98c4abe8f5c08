create table public.notes (id bigint primary key, owner_id uuid not null, secret text);
create index notes_owner_id_idx on public.notes (owner_id);
alter table public.notes enable row level security;
alter table public.notes replica identity full;
revoke all on public.notes from anon, authenticated;
-- The primary key is enough; other columns are hidden.
grant select (id, owner_id) on public.notes to authenticated;
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));
alter publication supabase_realtime add table public.notes;

-- A policy for everyone needs a grant to someone.
create table public.news (id bigint primary key);
alter table public.news enable row level security;
alter table public.news replica identity full;
revoke all on public.news from anon, authenticated;
grant select on public.news to authenticated;
create policy "news are read by who is signed in" on public.news for select using (true);
alter publication supabase_realtime add table public.news;
