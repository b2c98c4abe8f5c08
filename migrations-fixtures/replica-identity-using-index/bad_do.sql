create table public.notes (id bigint primary key, slug text not null unique);
do $$ -- want table public.notes
begin
  alter table public.notes replica identity using index notes_slug_key;
  alter publication supabase_realtime add table public.notes;
end
$$;
