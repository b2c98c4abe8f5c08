-- Live updates for the ticket list. The other tables were switched on in the
-- dashboard while the timeline was being built.
do $$
begin
  if not exists (
    select 1 from pg_publication_tables
    where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = 'tickets'
  ) then
    alter publication supabase_realtime add table public.tickets;
  end if;
end
$$;

alter table public.tickets replica identity full;
alter table public.ticket_activities replica identity full;
