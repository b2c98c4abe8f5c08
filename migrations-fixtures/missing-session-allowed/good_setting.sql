-- One that turns away where nothing is set; one for a role that no request of
-- the API has; one that a request may come with, since a function sets it; one
-- that every request has; and one that raises.
create table public.orders (id bigint primary key, tenant text not null);
create index on public.orders (tenant);
alter table public.orders enable row level security;
revoke all on public.orders from anon, authenticated;
grant select, insert, update, delete on public.orders to authenticated;
create function public.begin_request() returns void language plpgsql set search_path = ''
  as $$ begin perform set_config('app.region', current_setting('request.headers', true)::json ->> 'x-region', true); end $$;
create role worker login;
grant select on public.orders to worker;
create policy "of the tenant" on public.orders for select to authenticated using (tenant = (select current_setting('app.tenant', true)));
create policy "for the worker" on public.orders for select to worker
  using ((select current_setting('app.tenant', true)) is null or tenant = (select current_setting('app.tenant', true)));
create policy "of the region" on public.orders for insert to authenticated
  with check ((select current_setting('app.region', true)) is null or tenant = (select current_setting('app.region', true)));
create policy "without headers" on public.orders for update to authenticated
  using ((select current_setting('request.headers', true)) is null or tenant = 'x');
create policy "raising" on public.orders for delete to authenticated
  using ((select current_setting('app.tenant')) is null or tenant = (select current_setting('app.tenant')));
