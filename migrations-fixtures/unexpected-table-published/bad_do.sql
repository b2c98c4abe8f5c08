create table public.tickets (id bigint primary key);
create table public.audit_log (id bigint primary key);
do $$
declare
  t record;
begin
  for t in select schemaname, tablename from pg_tables where schemaname = 'public' loop
    execute format('alter publication supabase_realtime add table %I.%I', t.schemaname, t.tablename); -- want table public.audit_log
  end loop;
end
$$;
