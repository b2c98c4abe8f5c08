-- The client portal was first: a client sees the tickets they opened.
create policy "tickets are read by their client"
  on public.tickets for select to authenticated
  using (client_id = (select auth.uid()));

create policy "tickets are opened by their client"
  on public.tickets for insert to authenticated
  with check (client_id = (select auth.uid()));
