create table public.tickets (id bigint primary key, owner_id uuid not null, open boolean);
create view public.open_tickets with (security_invoker = true) as select * from public.tickets where open; -- want view public.open_tickets
alter view public.open_tickets reset (security_invoker);
alter table public.tickets enable row level security;

-- Through a view that is not served itself.
create schema private;
create view private.all_tickets as select id, open from public.tickets;
create view public.ticket_list as select * from private.all_tickets; -- want view public.ticket_list

-- It asks who is calling: a warning.
create view public.my_tickets as select id from public.tickets where owner_id = auth.uid(); -- want view public.my_tickets
