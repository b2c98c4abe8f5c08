drop publication supabase_realtime;
create publication supabase_realtime with (publish_via_partition_root); -- want publication supabase_realtime

create table public.events (id bigint, day date not null, primary key (id, day)) partition by range (day);
alter publication supabase_realtime add table public.events;
