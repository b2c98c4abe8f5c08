create table public.notes (id bigint primary key, body text); -- want table public.notes
create table public.tags (id bigint primary key);
do $$
declare
  t text;
begin
  for t in select tablename from pg_tables where schemaname = 'public' loop
    execute format('alter publication supabase_realtime add table public.%I', t);
  end loop;
end
$$;
alter table public.tags enable row level security;
