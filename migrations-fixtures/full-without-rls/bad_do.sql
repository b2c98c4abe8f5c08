create table public.notes (id bigint primary key, body text);
do $$
begin
  alter publication supabase_realtime add table public.notes;
  alter table public.notes replica identity full; -- want table public.notes
end
$$;
