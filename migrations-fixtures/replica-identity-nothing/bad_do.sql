create table public.notes (id bigint primary key);
alter publication supabase_realtime add table public.notes;
do $$ -- want table public.notes
begin
  execute 'alter table public.notes replica identity nothing';
end
$$;
