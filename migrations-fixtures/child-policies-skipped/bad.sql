create table public.events (id bigint, day date, org text) partition by range (day);
alter table public.events enable row level security;
create policy "members" on public.events for select to authenticated using (true);
create table public.events_2025 partition of public.events for values from ('2025-01-01') to ('2026-01-01');
alter table public.events_2025 enable row level security;
create policy "own org" on public.events_2025 for select to authenticated using (org = (select auth.jwt() ->> 'org')); -- want table public.events_2025
