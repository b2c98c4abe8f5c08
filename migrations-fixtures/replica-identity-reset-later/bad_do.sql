create table public.notes (id bigint primary key);
alter publication supabase_realtime add table public.notes;
alter table public.notes replica identity full;
do $$ -- want(static) table public.notes: a database has no history
begin
  execute format('alter table public.%I replica identity default', 'notes');
end
$$;
