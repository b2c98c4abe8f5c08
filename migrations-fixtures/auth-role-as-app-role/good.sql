create table public.tickets (id bigint primary key, client_id uuid not null);
create index tickets_client_id_idx on public.tickets (client_id);
alter table public.tickets enable row level security;
revoke all on public.tickets from anon, authenticated;
grant select, insert, update on public.tickets to authenticated;
-- Database roles are what auth.role() is about.
create policy "tickets are changed by the server" on public.tickets
  for update to authenticated using ((select auth.role()) = 'service_role');
create policy "tickets are read by agents" on public.tickets
  for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'agent');
create policy "tickets are added" on public.tickets
  for insert to authenticated with check (client_id = (select auth.uid()));
