create table public.notes (id bigint primary key);
alter publication supabase_realtime add table public.notes;
alter table public.notes replica identity full;
do $$
begin
  execute format('alter table public.%I replica identity default', 'notes'); -- want(static) table public.notes: a database has no history
end
$$;
