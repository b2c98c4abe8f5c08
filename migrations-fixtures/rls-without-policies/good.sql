-- Closed on purpose, and said so.
create table public.jobs (id bigint primary key);
alter table public.jobs enable row level security;
revoke all on public.jobs from anon, authenticated;

-- Not exposed.
create schema internal;
create table internal.queue (id bigint primary key);
alter table internal.queue enable row level security;

create table public.notes (id bigint primary key, owner_id uuid not null);
create index notes_owner_id_idx on public.notes (owner_id);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
grant select on public.notes to authenticated;
create policy "notes are read by their owner" on public.notes
  for select to authenticated using (owner_id = (select auth.uid()));
