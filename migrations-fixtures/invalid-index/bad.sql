create table public.events (id bigint, day date, kind text not null) partition by range (day);
create table public.events_2024 partition of public.events for values from ('2024-01-01') to ('2025-01-01');
create table public.events_2025 partition of public.events for values from ('2025-01-01') to ('2026-01-01');
create index events_kind_idx on only public.events (kind); -- want table public.events
create index events_2024_kind_idx on public.events_2024 (kind);
alter index public.events_kind_idx attach partition public.events_2024_kind_idx;
