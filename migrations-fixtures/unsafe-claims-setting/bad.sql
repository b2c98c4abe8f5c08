create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;

create policy "tickets are read by agents" on public.tickets -- want policy public.tickets/tickets are read by agents
  for select to authenticated using ((current_setting('request.jwt.claims')::json ->> 'user_role') = 'agent');

-- missing_ok is not enough: the setting can be an empty string.
create policy "tickets are changed by agents" on public.tickets -- want policy public.tickets/tickets are changed by agents
  for update to authenticated using (((select current_setting('request.jwt.claims', true)::jsonb) ->> 'user_role') = 'agent');
