create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
alter publication supabase_realtime add table public.tickets;

create policy "tickets are read by their organisation" on public.tickets -- want policy public.tickets/tickets are read by their organisation
  for select to authenticated using (org_id = (auth.jwt() ->> 'org_id')::uuid);
