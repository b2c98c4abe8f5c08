create table public.notes (id bigint primary key, owner_id uuid not null);
create index notes_owner_id_idx on public.notes (owner_id);
alter table public.notes enable row level security;
alter table public.notes replica identity full;
revoke all on public.notes from anon, authenticated;
grant select on public.notes to authenticated;
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));
alter publication supabase_realtime add table public.notes;

-- Lost, and added again behind it.
drop publication supabase_realtime;
create publication supabase_realtime for table public.notes;

-- A rename keeps the membership.
alter table public.notes rename to memos;

-- Taken out on purpose.
create table public.drafts (id bigint primary key);
alter table public.drafts enable row level security;
revoke all on public.drafts from anon, authenticated;
alter publication supabase_realtime add table public.drafts;
alter publication supabase_realtime drop table public.drafts;
