create table public.notes (id bigint primary key, owner_id uuid not null);
create index notes_owner_id_idx on public.notes (owner_id);
revoke all on public.notes from anon, authenticated;
grant select on public.notes to authenticated;
do $$
declare
  t record;
begin
  for t in select tablename from pg_tables where schemaname = 'public' loop
    execute format('alter table public.%I enable row level security', t.tablename);
  end loop;
end
$$;
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));

-- Not exposed.
create schema internal;
create table internal.jobs (id bigint primary key);

-- Exposed schema, but no API role may touch it.
create table public.migrations_done (id bigint primary key);
revoke all on public.migrations_done from anon, authenticated;

-- Gone before anyone could see it.
create temporary table scratch (id bigint);
create table public.old_notes (id bigint primary key);
drop table public.old_notes;
