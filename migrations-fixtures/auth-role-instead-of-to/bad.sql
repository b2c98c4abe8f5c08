create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;

create policy "tickets are read" on public.tickets -- want policy public.tickets/tickets are read
  for select using (auth.role() = 'authenticated');
