create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
create policy "tickets are read by agents" on public.tickets
  for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'agent');

alter policy "tickets are read by agents" on public.tickets -- want policy public.tickets/tickets are read by agents
  using (auth.jwt() @> '{"role": "agent"}');
