create table public.open_tickets (id bigint primary key);

alter table public.open_tickets set unlogged; -- want table public.open_tickets
