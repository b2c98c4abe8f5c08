-- want expectation agent select public.tickets
-- want expectation client insert public.tickets
create table public.tickets (id bigint primary key, owner uuid not null);
alter table public.tickets enable row level security;
create policy "tickets are read by staff" on public.tickets
  for select to authenticated using ((select auth.jwt() ->> 'role') = 'agent');
create policy "tickets are read by their owner" on public.tickets
  for select to authenticated using (owner = (select auth.uid()));
