-- Everything that PostgreSQL takes is taken here.
create table public.notes (
  id bigint generated always as identity primary key,
  "select" text default $q$it's; fine$q$,
  owner_id uuid not null /* a comment /* in a comment */ ; */
);
create index notes_owner_id_idx on public.notes (owner_id);
revoke all on public.notes from anon, authenticated;
grant select on public.notes to authenticated;
alter table public.notes enable row level security;
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));
create function public.first_note() returns bigint
  language sql stable set search_path = ''
  begin atomic
    select min(id) from public.notes;
  end;
;
