-- The agents' portal: staff see and work on every ticket.
alter policy "tickets are read by their client" on public.tickets
  using (
    client_id = (select auth.uid())
    or (select auth.jwt() ->> 'role') in ('agent', 'admin')
  );

alter policy "tickets are read by their client" on public.tickets
  rename to "tickets are read by their client and by staff";

create policy "tickets are worked on by staff"
  on public.tickets for update to authenticated
  using ((select auth.jwt() ->> 'user_role') in ('agent', 'admin'))
  with check ((select auth.jwt() ->> 'user_role') in ('agent', 'admin'));
