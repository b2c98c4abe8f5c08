-- Without a hook, tokens may come from elsewhere.
create table public.tickets (id bigint primary key, title text not null);
alter table public.tickets enable row level security;
revoke all on public.tickets from anon, authenticated;
grant select on public.tickets to authenticated;
create policy "tickets are read by staff" on public.tickets
  for select to authenticated using ((select auth.jwt() ->> 'org_role') = 'agent');
