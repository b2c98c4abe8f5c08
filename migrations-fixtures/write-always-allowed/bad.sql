create table public.notes (id bigint primary key, body text);
alter table public.notes enable row level security;

create policy "notes are changed" on public.notes -- want policy public.notes/notes are changed
  for update to authenticated using (true);

-- Always true in disguise.
create table public.tags (id bigint primary key);
alter table public.tags enable row level security;
create policy "tags are deleted" on public.tags for delete to authenticated using (not false); -- want policy public.tags/tags are deleted
create policy "tags are added" on public.tags for insert to anon with check (id = id); -- want policy public.tags/tags are added

-- True of whoever signs up, and of whoever does not.
create table public.pages (id bigint primary key, owner_id uuid);
alter table public.pages enable row level security;
create policy "pages are kept" on public.pages using ((select auth.uid()) is not null); -- want policy public.pages/pages are kept
create policy "pages are mended" on public.pages for update using (auth.role() = 'authenticated'); -- want policy public.pages/pages are mended
create policy "pages are added" on public.pages for insert with check (owner_id = auth.uid() or auth.uid() is null); -- want policy public.pages/pages are added
