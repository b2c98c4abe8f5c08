create table public.tickets (id bigint primary key, open boolean not null);

create view public.open_tickets with (security_invoker = true) as -- want view public.open_tickets
  select id from public.tickets where open;
