-- The policy first, row level security later.
create table public.notes (id bigint primary key, owner_id uuid not null);
create index notes_owner_id_idx on public.notes (owner_id);
revoke all on public.notes from anon, authenticated;
grant select on public.notes to authenticated;
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));
alter table public.notes enable row level security;

-- Policies that went again.
create table public.tags (id bigint primary key);
create policy "tags are read" on public.tags for select to authenticated using (true);
drop policy "tags are read" on public.tags;
revoke all on public.tags from anon, authenticated;
