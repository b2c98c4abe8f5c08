create table public.tickets (id bigint primary key, client_id uuid not null, tenant text not null);
create index tickets_client_id_idx on public.tickets (client_id);
create index tickets_tenant_idx on public.tickets (tenant);
alter table public.tickets enable row level security;
revoke all on public.tickets from anon, authenticated;
grant select, insert on public.tickets to authenticated;
-- auth.uid() itself falls back to the old setting, guarded.
create policy "tickets are read by their client" on public.tickets
  for select to authenticated using (client_id = (select auth.uid()));
-- A setting of the application's own.
create policy "tickets are added in the tenant" on public.tickets
  for insert to authenticated with check (tenant = (select current_setting('app.tenant', true)));
