-- Staff see the whole timeline of a ticket.
drop policy "activities are read by the ticket's client" on public.ticket_activities;

create policy "activities are read by the ticket's client and by staff"
  on public.ticket_activities for select to authenticated
  using (
    (select auth.jwt() -> 'app_metadata' ->> 'userRole') in ('agent', 'admin')
    or exists (
      select 1 from public.tickets as t
      where t.id = ticket_activities.ticket_id and t.client_id = (select auth.uid())
    )
  );
