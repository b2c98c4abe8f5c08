create table public.tickets (id bigint primary key, client_id uuid not null, org_id uuid not null, public boolean not null);
create index tickets_client_id_idx on public.tickets (client_id);
alter table public.tickets enable row level security;
revoke all on public.tickets from anon, authenticated;
grant select, insert, update, delete on public.tickets to authenticated;
create table public.bans (user_id uuid primary key);
alter table public.bans enable row level security;
revoke all on public.bans from anon, authenticated;
grant select on public.bans to authenticated;
create policy "bans are read by who is banned" on public.bans for select to authenticated using (user_id = (select auth.uid()));

-- A default that does not satisfy the comparison.
create policy "tickets are read by agents" on public.tickets
  for select to authenticated using (public or coalesce((select auth.jwt() ->> 'user_role'), '') in ('agent', 'admin'));
-- Signed-in users always have a sub.
create policy "tickets are added unless banned" on public.tickets
  for insert to authenticated
  with check (client_id = (select auth.uid()) and not exists (select 1 from public.bans as b where b.user_id = (select auth.uid())));
-- NOT IN is null for null.
create policy "tickets are changed by others than clients" on public.tickets
  for update to authenticated using ((select auth.jwt() ->> 'user_role') not in ('client', 'guest'));
create policy "tickets are deleted by their client" on public.tickets
  for delete to authenticated using (client_id = (select auth.uid()));
-- What stands in for a claim is compared with something else.
create policy "tickets of the organisation" on public.tickets
  for select to authenticated using (client_id = (select auth.uid()) and coalesce((select auth.jwt() ->> 'org_id'), client_id::text) = org_id::text);
-- A restrictive policy only narrows.
create policy "not for the suspended" on public.tickets as restrictive
  for select to authenticated using ((select auth.jwt() ->> 'status') is distinct from 'suspended');
