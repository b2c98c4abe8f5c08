-- Reading everything may be meant.
create table public.news (id bigint primary key, author_id uuid not null);
create index news_author_id_idx on public.news (author_id);
alter table public.news enable row level security;
revoke all on public.news from anon, authenticated;
grant select on public.news to anon, authenticated;
grant insert on public.news to authenticated;
create policy "news are public" on public.news for select using (true);
create policy "news are written by their author" on public.news
  for insert to authenticated with check (author_id = (select auth.uid()));

-- For the server's own roles.
create policy "news are cleaned up" on public.news for delete to service_role using (true);
create policy "news are mended" on public.news for update using ((select auth.role()) = 'service_role');

-- A restrictive policy narrows it.
create table public.notes (id bigint primary key, owner_id uuid not null);
create index notes_owner_id_idx on public.notes (owner_id);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
grant select, update on public.notes to authenticated;
create policy "notes are read" on public.notes for select to authenticated using (true);
create policy "notes are changed" on public.notes for update to authenticated using (true) with check (true);
create policy "only one's own" on public.notes as restrictive
  for update to authenticated using (owner_id = (select auth.uid())) with check (owner_id = (select auth.uid()));
