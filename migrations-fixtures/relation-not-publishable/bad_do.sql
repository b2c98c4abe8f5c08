create table public.tickets (id bigint primary key, open boolean not null);

do $$ -- want materialized view public.open_tickets
begin
  create materialized view public.open_tickets as select id from public.tickets where open;
end
$$;
