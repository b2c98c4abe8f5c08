create table public.orders (id bigint primary key, tenant_id text not null, zone text not null);
create index on public.orders (tenant_id);
create index on public.orders (zone);
alter table public.orders enable row level security;
revoke all on public.orders from anon, authenticated;
grant select on public.orders to authenticated;
create policy "tenant" on public.orders for select to authenticated using (tenant_id = (select current_setting('app.tenant_id', true)));
create policy "zone" on public.orders for select to authenticated using (zone = (select current_setting('TimeZone')));
create policy "role" on public.orders for select to authenticated using ((select current_setting('role')) = 'postgres');
