create table public.notes (id bigint primary key, owner_id uuid not null);
create index notes_owner_id_idx on public.notes (owner_id);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
grant select on public.notes to authenticated;
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));

-- Restrictive policies are for everyone with reason.
create policy "only with a second factor" on public.notes as restrictive
  using ((select auth.jwt() ->> 'aal') = 'aal2');

-- Public on purpose.
create table public.news (id bigint primary key);
alter table public.news enable row level security;
revoke all on public.news from anon, authenticated;
grant select on public.news to anon, authenticated;
create policy "news are public" on public.news for select using (true);
