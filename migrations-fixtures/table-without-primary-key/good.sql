create table public.visits (path text, seen_at timestamptz);
alter table public.visits add column id bigint generated always as identity primary key;

create table public.events (id bigint, day date, primary key (id, day)) partition by range (day);
create table public.events_2025 partition of public.events for values from ('2025-01-01') to ('2026-01-01');
create temporary table scratch (x int);
create table public.old (x int);
drop table public.old;
alter table public.visits enable row level security;
alter table public.events enable row level security;
alter table public.events_2025 enable row level security;
revoke all on public.visits, public.events, public.events_2025 from anon, authenticated;
