create table public.tickets (id bigint primary key, status text);
create materialized view public.ticket_stats as select status, count(*) from public.tickets group by status; -- want materialized view public.ticket_stats
