create table public.orders (id bigint primary key, tenant_id text);
alter table public.orders enable row level security;
create function public.tenant() returns text language sql stable set search_path = '' as $$ select current_setting('current_tenant', true) $$;
create policy "rows of the tenant" on public.orders using (tenant_id = (select current_setting('app.tenant_id', true)));
alter policy "rows of the tenant" on public.orders using (tenant_id = (select public.tenant())); -- want policy public.orders/rows of the tenant
