create table public.tickets (id bigint primary key, tags jsonb not null default '[]');
alter table public.tickets enable row level security;
revoke all on public.tickets from anon, authenticated;
grant select, insert, update, delete on public.tickets to authenticated;
create policy "tickets are read by agents" on public.tickets
  for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'agent');
-- JSON compared with JSON.
create policy "tickets are changed by agents" on public.tickets
  for update to authenticated using ((select auth.jwt() -> 'user_role') = '"agent"');
create policy "tickets are added by agents" on public.tickets
  for insert to authenticated with check ((select (auth.jwt() -> 'user_role')::text) = '"agent"');
-- A column's JSON is the application's own affair.
create policy "tickets are deleted when tagged" on public.tickets
  for delete to authenticated using ((tags -> 0)::text = 'spam' and (select auth.jwt() ->> 'user_role') = 'agent');
