create table public.notes (id bigint primary key, owner_id uuid not null);
create index notes_owner_id_idx on public.notes (owner_id);
alter table public.notes enable row level security;
alter table public.notes replica identity full;
revoke all on public.notes from anon, authenticated;
grant select on public.notes to authenticated;
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));

-- Once without a guard, then guarded in the ways people do it.
alter publication supabase_realtime add table public.notes;

do $$
begin
  if not exists (
    select 1 from pg_publication_tables
    where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = 'notes'
  ) then
    alter publication supabase_realtime add table public.notes;
  end if;
end
$$;

do $$
begin
  alter publication supabase_realtime add table public.notes;
exception when duplicate_object then
  null;
end
$$;

-- Taken out and put back.
alter publication supabase_realtime drop table public.notes;
alter publication supabase_realtime add table public.notes;
