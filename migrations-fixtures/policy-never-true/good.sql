create table public.notes (id bigint primary key, owner_id uuid not null, deleted_at timestamptz, state text not null);
create index on public.notes (owner_id);
create index on public.notes (deleted_at);
create index on public.notes (state);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
grant select, insert, update, delete on public.notes to authenticated;
create policy "read" on public.notes for select to authenticated using (owner_id = (select auth.uid()) and deleted_at is null);
-- On purpose, and conditions that only look impossible.
create policy "nobody adds" on public.notes for insert to authenticated with check (false);
create policy "change" on public.notes for update to authenticated
  using (owner_id = (select auth.uid()) and state <> 'closed') with check (owner_id = (select auth.uid()) and state in ('open', 'closed'));
create policy "delete" on public.notes for delete to authenticated
  using (owner_id = (select auth.uid()) and deleted_at is not distinct from null);
