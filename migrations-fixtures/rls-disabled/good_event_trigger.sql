-- live: skip plain PostgreSQL leaves event triggers to superusers
create function public.lock_new_tables() returns event_trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  made record;
begin
  for made in select * from pg_event_trigger_ddl_commands() where object_type in ('table', 'partitioned table') loop
    if made.schema_name = 'public' then
      execute format('alter table if exists %s enable row level security', made.object_identity);
    end if;
  end loop;
end
$$;
revoke execute on function public.lock_new_tables() from public, anon, authenticated;
create event trigger lock_new_tables on ddl_command_end when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO')
  execute function public.lock_new_tables();
create table public.notes (id bigint primary key, owner_id uuid not null);
create index on public.notes (owner_id);
create policy "notes are read by their owner" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
