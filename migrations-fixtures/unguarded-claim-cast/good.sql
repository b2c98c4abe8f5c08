create table public.tickets (id bigint primary key, client_id uuid not null, org_id uuid not null, level int not null);
create index tickets_client_id_idx on public.tickets (client_id);
create index tickets_org_id_idx on public.tickets (org_id);
create index tickets_level_idx on public.tickets (level);
alter table public.tickets enable row level security;
revoke all on public.tickets from anon, authenticated;
grant select, insert, update, delete on public.tickets to authenticated;
-- The column is cast instead.
create policy "tickets are read by their organisation" on public.tickets
  for select to authenticated using (org_id::text = (select auth.jwt() ->> 'org_id'));
-- Claims whose form Auth guarantees.
create policy "tickets are added by their client" on public.tickets
  for insert to authenticated
  with check (client_id = (select (auth.jwt() ->> 'sub')::uuid) and (select (auth.jwt() ->> 'is_anonymous')::boolean) is false);
-- Guarded.
create policy "tickets are changed by level" on public.tickets
  for update to authenticated
  using (level <= (select case when auth.jwt() ->> 'level' ~ '^[0-9]{1,4}$' then (auth.jwt() ->> 'level')::int else 0 end));
-- From text to text.
create policy "tickets are deleted by admins" on public.tickets
  for delete to authenticated using ((select (auth.jwt() ->> 'user_role')::text) = 'admin');
