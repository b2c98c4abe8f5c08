create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;

create policy "tickets are read by staff" on public.tickets -- want policy public.tickets/tickets are read by staff
  for select to authenticated using ((select auth.jwt() ->> 'user_role') is distinct from 'customer');

create policy "tickets are changed by staff" on public.tickets -- want policy public.tickets/tickets are changed by staff
  for update to authenticated using (coalesce((select auth.jwt() -> 'app_metadata' ->> 'user_role'), 'agent') = 'agent');

create policy "tickets are deleted by staff" on public.tickets -- want policy public.tickets/tickets are deleted by staff
  for delete to authenticated using (((select auth.jwt() ->> 'user_role') = 'customer') is not true);
