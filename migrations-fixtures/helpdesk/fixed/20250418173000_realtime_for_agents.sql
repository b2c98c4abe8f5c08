-- Realtime was silent in the agents' portal, in production only. This is what
-- localhost had and production did not, and what neither had.

-- Two tables were published in the dashboard of one machine and nowhere else.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['tickets', 'attachments', 'ticket_activities'] loop
    if not exists (
      select 1 from pg_publication_tables
      where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = wanted
    ) then
      execute format('alter publication supabase_realtime add table public.%I', wanted);
    end if;
  end loop;
end
$$;

alter table public.tickets replica identity full;
alter table public.attachments replica identity full;

-- Claim role is the database role of the session, always "authenticated". The
-- hook writes user_role.
alter policy "tickets are read by their client and by staff" on public.tickets
  using (
    client_id = (select auth.uid())
    or (select auth.jwt() ->> 'user_role') in ('agent', 'admin')
  );

create or replace function private.is_staff()
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce(auth.jwt() ->> 'user_role', '') in ('agent', 'admin')
$$;

alter policy "activities are read by the ticket's client and by staff" on public.ticket_activities
  using (
    (select private.is_staff())
    or exists (
      select 1 from public.tickets as t
      where t.id = ticket_activities.ticket_id and t.client_id = (select auth.uid())
    )
  );

-- Only Auth calls the hook. From PUBLIC alone is not enough: the platform
-- grants EXECUTE to the API roles by name.
revoke execute on function public.custom_access_token_hook(jsonb) from authenticated, anon, public;

-- A foreign key does not ask policies: without this, anyone could attach a file
-- to another client's ticket.
alter policy "attachments are added by their uploader" on public.attachments
  with check (
    uploaded_by = (select auth.uid())
    and exists (select 1 from public.tickets as t where t.id = attachments.ticket_id)
  );
