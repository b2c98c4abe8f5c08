create table public.events (id bigint, day date not null, primary key (id, day)) partition by range (day);
create table public.events_2025 partition of public.events for values from ('2025-01-01') to ('2026-01-01');
alter publication supabase_realtime add table public.events;

alter publication supabase_realtime set (publish_via_partition_root = true); -- want publication supabase_realtime
