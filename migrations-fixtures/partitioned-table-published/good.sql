-- Partitions that are published by themselves, each with policies of its own.
create table public.events (id bigint, owner_id uuid not null, day date not null, primary key (id, day)) partition by range (day);
create table public.events_2025 partition of public.events for values from ('2025-01-01') to ('2026-01-01');
create index events_owner_id_idx on public.events (owner_id);
alter table public.events enable row level security;
alter table public.events_2025 enable row level security;
alter table public.events_2025 replica identity full;
revoke all on public.events, public.events_2025 from anon, authenticated;
grant select on public.events_2025 to authenticated;
create policy "events are read by their owner" on public.events_2025
  for select to authenticated using (owner_id = (select auth.uid()));
alter publication supabase_realtime add table public.events_2025;
