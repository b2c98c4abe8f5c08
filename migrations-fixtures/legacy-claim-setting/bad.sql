create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;

create policy "tickets are read by agents" on public.tickets -- want policy public.tickets/tickets are read by agents
  for select to authenticated using (current_setting('request.jwt.claim.user_role', true) = 'agent');
