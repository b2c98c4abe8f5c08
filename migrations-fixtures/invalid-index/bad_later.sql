create table public.events (id bigint, day date, kind text not null) partition by range (day);
create table public.events_2024 partition of public.events for values from ('2024-01-01') to ('2025-01-01');
create unique index events_day_id_key on only public.events (day, id); -- want table public.events
create unique index events_2024_day_id_key on public.events_2024 (day, id);
drop index public.events_2024_day_id_key;
