create table public.tickets (id bigint primary key);
create publication app for table public.tickets; -- want table public.tickets
