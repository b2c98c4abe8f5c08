create table public.orders (id bigint primary key, email text not null);
do $$
begin
  execute 'create policy own on public.orders to authenticated using (email = (select auth.email()))'; -- want policy public.orders/own
end
$$;
