-- The guard asks for the wrong table, so the branch is never taken.
create table public.tickets (id bigint primary key);
alter publication supabase_realtime add table public.tickets;
create table public.comments (id bigint primary key); -- want table public.comments

do $$
begin
  if not exists (
    select 1 from pg_publication_tables
    where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = 'tickets'
  ) then
    alter publication supabase_realtime add table public.comments;
  end if;
end
$$;
