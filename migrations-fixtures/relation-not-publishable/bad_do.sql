create table public.tickets (id bigint primary key, open boolean not null);

do $$
begin
  create materialized view public.open_tickets as select id from public.tickets where open; -- want materialized view public.open_tickets
end
$$;
