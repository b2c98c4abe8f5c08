create table public.devices (id bigint primary key);
alter table public.devices replica identity full; -- want table public.devices
alter publication supabase_realtime add table public.devices;

alter table public.devices add column api_token text;
