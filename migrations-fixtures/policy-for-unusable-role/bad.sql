create role agent;
create table public.tickets (id bigint primary key);
alter table public.tickets enable row level security;
create policy "agents read tickets" on public.tickets -- want policy public.tickets/agents read tickets
  for select to agent using (true);
