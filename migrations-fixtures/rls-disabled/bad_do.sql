do $$
begin
  execute 'create table if not exists public.notes (id bigint primary key)'; -- want table public.notes
end
$$;

-- A partitioned table is one finding, and its partitions come with it.
create table public.events (id bigint, day date) partition by range (day); -- want table public.events
create table public.events_2025 partition of public.events for values from ('2025-01-01') to ('2026-01-01');

-- The partition of a protected table is open when it is asked by name.
create table public.logs (id bigint, day date) partition by range (day);
alter table public.logs enable row level security;
create table public.logs_2025 partition of public.logs for values from ('2025-01-01') to ('2026-01-01'); -- want table public.logs_2025
