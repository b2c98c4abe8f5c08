create table public.notes (id bigint primary key, owner_id uuid not null);
create index notes_owner_id_idx on public.notes (owner_id);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
grant select, insert on public.notes to authenticated;
-- Given later.
create policy "notes are read by their owner" on public.notes for select to authenticated;
alter policy "notes are read by their owner" on public.notes using (owner_id = (select auth.uid()));
-- INSERT has WITH CHECK alone.
create policy "notes are added by their owner" on public.notes
  for insert to authenticated with check (owner_id = (select auth.uid()));
