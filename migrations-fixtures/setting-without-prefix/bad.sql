create table public.orders (id bigint primary key, tenant_id text);
alter table public.orders enable row level security;
create policy "rows of the tenant" on public.orders -- want policy public.orders/rows of the tenant
  using (tenant_id = current_setting('tenant_id'));
