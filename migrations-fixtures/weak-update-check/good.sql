create table public.notes (id bigint primary key, owner_id uuid not null, status text, text text);
alter table public.notes enable row level security;
create index on public.notes (owner_id);
create policy "owners see" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
-- USING counts for both; repeated; repeated in part: the rest may change.
create policy "a" on public.notes for update to authenticated using (owner_id = (select auth.uid()));
create policy "b" on public.notes for update to authenticated using (owner_id = (select auth.uid()) and status = 'new') with check (owner_id = (select auth.uid()));
create policy "c" on public.notes for update to authenticated
  using (owner_id = (select auth.uid()) and status = 'draft') with check (owner_id = (select auth.uid()));

-- By who the user is, not by the row: who may change all may do so.
create table public.posts (id bigint primary key, author uuid);
alter table public.posts enable row level security;
create policy "everyone sees" on public.posts for select using (true);
create policy "editors change" on public.posts for update to authenticated
  using ((select auth.jwt() -> 'app_metadata' ->> 'kind') = 'editor') with check ((select auth.jwt() -> 'app_metadata' ->> 'kind') = 'editor');

-- The column cannot be updated.
create table public.cards (id bigint primary key, owner_id uuid not null, text text);
alter table public.cards enable row level security;
create index on public.cards (owner_id);
revoke all on public.cards from anon, authenticated;
grant select on public.cards to authenticated;
grant update (text) on public.cards to authenticated;
create policy "owners see" on public.cards for select to authenticated using (owner_id = (select auth.uid()));
create policy "owners change" on public.cards for update to authenticated using (owner_id = (select auth.uid())) with check (true);

-- A restrictive policy holds the owner.
create table public.logs (id bigint primary key, owner_id uuid not null);
alter table public.logs enable row level security;
create index on public.logs (owner_id);
create policy "owners see" on public.logs for select to authenticated using (owner_id = (select auth.uid()));
create policy "owners change" on public.logs for update to authenticated using (owner_id = (select auth.uid())) with check (length(owner_id::text) > 0);
create policy "stay" on public.logs as restrictive for update to authenticated using (true) with check (owner_id = (select auth.uid()));
