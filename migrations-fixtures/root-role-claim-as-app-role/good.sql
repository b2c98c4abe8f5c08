create table public.tickets (id bigint primary key, role text not null, client_id uuid not null);
create index tickets_client_id_idx on public.tickets (client_id);
create index tickets_role_idx on public.tickets (role);
alter table public.tickets enable row level security;
revoke all on public.tickets from anon, authenticated;
grant select, insert, update, delete on public.tickets to authenticated;

create policy "tickets are read by agents" on public.tickets
  for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'agent');
-- A column of that name is not the claim.
create policy "tickets are added by clients" on public.tickets
  for insert to authenticated with check (role = 'client' and client_id = (select auth.uid()));
-- The database role, tested for a database role.
create policy "tickets are changed by the server" on public.tickets
  for update to authenticated using ((select auth.jwt() ->> 'role') = 'service_role');
-- A claim of that name further down is another claim.
create policy "tickets are deleted by admins" on public.tickets
  for delete to authenticated using ((select auth.jwt() -> 'app_metadata' ->> 'role') = 'admin');
