create table public.notes (id bigint primary key, slug text not null unique);
do $$
begin
  alter table public.notes replica identity using index notes_slug_key; -- want table public.notes
  alter publication supabase_realtime add table public.notes;
end
$$;
