create table public.events (id bigint, day date not null, primary key (id, day)) partition by range (day);
drop publication supabase_realtime;
create publication supabase_realtime for table public.events; -- want table public.events
create table public.events_2025 (id bigint not null, day date not null, primary key (id, day));
alter table public.events attach partition public.events_2025 for values from ('2025-01-01') to ('2026-01-01');
