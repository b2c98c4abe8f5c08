create table if not exists public.notes (id bigint primary key, owner_id uuid not null);
create table if not exists public.notes (id bigint primary key, owner_id uuid not null);
create index if not exists notes_owner_id_idx on public.notes (owner_id);
revoke all on public.notes from anon, authenticated;
grant select on public.notes to authenticated;
alter table public.notes enable row level security;

drop policy if exists "notes are read by their owner" on public.notes;
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));

-- What fails inside a block that expects it, does not stop the migration.
do $$
begin
  create table public.notes (id bigint primary key);
exception when duplicate_table then
  null;
end
$$;
