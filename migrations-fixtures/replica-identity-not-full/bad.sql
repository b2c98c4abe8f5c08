create table public.tickets (id bigint primary key, status text); -- want table public.tickets
create table public.tags (id bigint primary key);
alter publication supabase_realtime add table public.tickets, public.tags;
