create table public.tickets (id bigint primary key);
alter table public.tickets enable row level security;
revoke all on public.tickets from anon, authenticated;
grant select, insert on public.tickets to authenticated;
create policy "tickets are read by agents" on public.tickets
  for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'agent');
-- Guarded as auth.jwt() does it.
create policy "tickets are added by agents" on public.tickets
  for insert to authenticated
  with check ((select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'user_role') = 'agent');
