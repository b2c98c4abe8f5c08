create table public.orders (id bigint primary key, user_id uuid, total int);
create view public.my_orders with (security_barrier) as -- want view public.my_orders
  select id, total from public.orders where user_id = (select auth.uid()) and total > 0;
alter view public.my_orders reset (security_barrier);
