create table public.orders (id bigint primary key, tenant text not null);
alter table public.orders enable row level security;
create function public.tenant() returns text language sql stable set search_path = '' as $$ select nullif(current_setting('app.tenant', true), '') $$;
create policy "of the tenant" on public.orders for select to authenticated -- want policy public.orders/of the tenant
  using (current_setting('app.tenant', true) is null or tenant = current_setting('app.tenant', true));
create policy "added by the tenant" on public.orders for insert to authenticated -- want policy public.orders/added by the tenant
  with check ((select public.tenant()) is null or tenant = (select public.tenant()));
create policy "removed by the tenant" on public.orders for delete -- want policy public.orders/removed by the tenant
  using (coalesce(current_setting('app.tenant', true), '') = '' or tenant = current_setting('app.tenant', true));
create policy "no comparison" on public.orders for update to authenticated -- want policy public.orders/no comparison
  using (coalesce(tenant = current_setting('app.tenant', true), true));
