create table public.tickets (id bigint primary key, status text);
alter table public.tickets enable row level security;
revoke all on public.tickets from anon, authenticated;
create materialized view public.ticket_stats as select status, count(*) from public.tickets group by status;
revoke all on public.ticket_stats from anon, authenticated;
create schema internal;
create materialized view internal.days as select generate_series(1, 31) as day;
