create table public.members (user_id uuid, org bigint, primary key (user_id, org));
create table public.notes (id bigint primary key, org bigint not null, owner_id uuid, kind text not null);
alter table public.notes enable row level security;
create policy "members" on public.notes to authenticated
  using (org in (select m.org from public.members m where m.user_id = (select auth.uid())))
  with check (org in (select m.org from public.members m where m.user_id = (select auth.uid())));
alter policy "members" on public.notes with check (1 = 1); -- want policy public.notes/members

-- The check asks for something else.
create policy "owners of drafts" on public.notes for update to authenticated using (owner_id = (select auth.uid())) with check (kind = 'draft'); -- want policy public.notes/owners of drafts
