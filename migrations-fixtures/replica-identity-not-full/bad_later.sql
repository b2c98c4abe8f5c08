create table public.tickets (id bigint primary key, status text);
create table public.tags (id bigint primary key);
alter publication supabase_realtime add table public.tickets, public.tags;
alter table public.tickets replica identity full;

alter table public.tickets replica identity default; -- want table public.tickets
