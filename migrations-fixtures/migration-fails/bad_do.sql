create table public.notes (id bigint primary key);
alter publication supabase_realtime add table public.notes;

-- The guard asks for another table.
do $$
begin
  if not exists (select from pg_publication_tables where pubname = 'supabase_realtime' and tablename = 'note') then
    alter publication supabase_realtime add table public.notes; -- want table public.notes
  end if;
end
$$;
