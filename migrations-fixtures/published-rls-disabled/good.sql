create table public.notes (id bigint primary key, owner_id uuid not null);
create index notes_owner_id_idx on public.notes (owner_id);
alter table public.notes replica identity full;
revoke all on public.notes from anon, authenticated;
grant select on public.notes to authenticated;
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));
alter publication supabase_realtime add table public.notes;
do $$
begin
  execute 'alter table public.notes enable row level security';
end
$$;

-- Published for the server alone: no API role may select it.
create schema internal;
create table internal.jobs (id bigint primary key);
alter table internal.jobs replica identity full;
grant usage on schema internal to service_role;
grant select on internal.jobs to service_role;
alter table internal.jobs enable row level security;
