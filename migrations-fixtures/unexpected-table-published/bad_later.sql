create table public.tickets (id bigint primary key);
alter publication supabase_realtime add table public.tickets; -- want table public.requests

-- Renamed; the expectation was not.
alter table public.tickets rename to requests;
create table public.tickets (id bigint primary key);
alter publication supabase_realtime set table public.tickets, public.requests;
