-- One place that says who is staff.
create function private.is_staff()
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce(auth.jwt() ->> 'role', '') in ('agent', 'admin')
$$;

revoke execute on function private.is_staff() from public;
grant execute on function private.is_staff() to authenticated;

drop policy "attachments are read by the ticket's client" on public.attachments;

create policy "attachments are read by the ticket's client and by staff"
  on public.attachments for select to authenticated
  using (
    (select private.is_staff())
    or exists (
      select 1 from public.tickets as t
      where t.id = attachments.ticket_id and t.client_id = (select auth.uid())
    )
  );
