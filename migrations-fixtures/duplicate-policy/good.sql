create table public.notes (id bigint primary key, owner_id uuid not null, shared boolean not null);
create index on public.notes (owner_id);
create index on public.notes (shared);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
grant select, insert, update on public.notes to authenticated;
grant select on public.notes to anon;
-- Another command, other roles, other conditions, and one that was replaced.
create policy "own read" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
create policy "own add" on public.notes for insert to authenticated with check (owner_id = (select auth.uid()));
create policy "own change" on public.notes for update to authenticated using (owner_id = (select auth.uid()));
create policy "shared" on public.notes for select to anon using (shared);
create policy "shared, signed in" on public.notes for select to authenticated using (shared);
create policy "old" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
drop policy "old" on public.notes;
