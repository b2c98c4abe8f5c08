create table public.notes (id bigint primary key, body text);
do $$ -- want table public.notes
begin
  alter publication supabase_realtime add table public.notes;
  alter table public.notes replica identity full;
end
$$;
