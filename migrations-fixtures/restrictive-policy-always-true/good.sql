create table public.notes (id bigint primary key, owner_id uuid not null);
create index on public.notes (owner_id);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
grant select, update on public.notes to authenticated;
create policy "own" on public.notes for all to authenticated using (owner_id = (select auth.uid())) with check (owner_id = (select auth.uid()));
create policy "two factors" on public.notes as restrictive to authenticated using ((select auth.jwt() ->> 'aal') = 'aal2');
-- One side restricts.
create policy "no handing over" on public.notes as restrictive for update to authenticated using (true) with check (owner_id = (select auth.uid()));
