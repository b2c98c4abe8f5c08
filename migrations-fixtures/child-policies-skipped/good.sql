-- The same policy on both, one for writing only, none, and a parent that clients
-- do not read.
create table public.events (id bigint, day date, org text not null, primary key (id, day)) partition by range (day);
create index on public.events (org);
alter table public.events enable row level security;
create policy "own org" on public.events for select to authenticated using (org = (select auth.jwt() ->> 'org'));
create table public.events_2025 partition of public.events for values from ('2025-01-01') to ('2026-01-01');
alter table public.events_2025 enable row level security;
create policy "own org, 2025" on public.events_2025 for select to authenticated using (org = (select auth.jwt() ->> 'org'));
create policy "closed year" on public.events_2025 as restrictive for insert to authenticated with check (false);
create table public.events_2026 partition of public.events for values from ('2026-01-01') to ('2027-01-01');
alter table public.events_2026 enable row level security;
create schema internal;
create table internal.base (id bigint primary key, org text not null);
create table public.notes (primary key (id)) inherits (internal.base);
create index on public.notes (org);
alter table public.notes enable row level security;
create policy "own org" on public.notes for select to authenticated using (org = (select auth.jwt() ->> 'org'));
revoke all on public.events, public.events_2025, public.events_2026, public.notes from anon, authenticated;
grant select on public.events, public.events_2025, public.notes to authenticated;
