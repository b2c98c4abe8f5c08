create table public.orders (id bigint primary key, org text);
do $$
begin
  create or replace view public.my_orders as select id from public.orders where org = auth.jwt() ->> 'org'; -- want view public.my_orders
end
$$;
