create table public.orders (id bigint primary key, user_id uuid, total int);
alter table public.orders enable row level security;
create view public.my_orders as select id, total from public.orders where user_id = auth.uid(); -- want view public.my_orders
