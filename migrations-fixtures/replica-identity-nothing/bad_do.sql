create table public.notes (id bigint primary key);
alter publication supabase_realtime add table public.notes;
do $$
begin
  execute 'alter table public.notes replica identity nothing'; -- want table public.notes
end
$$;
