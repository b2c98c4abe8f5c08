create table public.events (id bigint, day date, kind text not null) partition by range (day);
create table public.events_2024 partition of public.events for values from ('2024-01-01') to ('2025-01-01');
do $$
begin
  execute format('create index %I on only public.events (kind)', 'events_kind_idx'); -- want table public.events
end
$$;
