create schema internal;
create table internal.tickets (id bigint primary key, status text);
create materialized view internal.ticket_stats as select status, count(*) from internal.tickets group by status; -- want materialized view public.stats
alter materialized view internal.ticket_stats set schema public;
alter materialized view public.ticket_stats rename to stats;
grant select on public.stats to anon;
