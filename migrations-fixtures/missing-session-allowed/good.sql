create table public.notes (id bigint primary key, owner_id uuid not null, shared boolean not null);
create index on public.notes (owner_id);
create index on public.notes (shared);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
grant select, insert, delete on public.notes to authenticated;
grant select on public.notes to anon;
-- For users only; what visitors see is what is shared; a restrictive policy that
-- leaves visitors to the others; and no privilege.
create policy "own" on public.notes for select to authenticated using ((select auth.uid()) is not null and owner_id = (select auth.uid()));
create policy "shared" on public.notes for select to anon using ((select auth.uid()) is null and shared);
create policy "two factors" on public.notes as restrictive for select to anon, authenticated
  using ((select auth.uid()) is null or (select auth.jwt() ->> 'aal') = 'aal2');
create policy "delete" on public.notes for delete to anon, authenticated using ((select auth.uid()) is null or owner_id = (select auth.uid()));
revoke delete on public.notes from anon;
