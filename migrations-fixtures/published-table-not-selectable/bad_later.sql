-- As on projects that no longer grant new tables to the API roles.
alter default privileges for role postgres in schema public revoke all on tables from anon, authenticated;

create table public.notes (id bigint primary key, owner_id uuid, title text);
alter table public.notes enable row level security;
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));
-- Column privileges that leave out the primary key.
grant select (owner_id, title) on public.notes to authenticated;

alter publication supabase_realtime add table public.notes; -- want table public.notes
