create table public.orders (id bigint primary key, tenant_id text);
do $$
begin
  execute 'create policy tenant on public.orders for insert with check (tenant_id = current_setting(''tenant'', true))'; -- want policy public.orders/tenant
end
$$;
