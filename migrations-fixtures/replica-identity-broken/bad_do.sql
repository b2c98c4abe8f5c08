do $$ -- want table public.notes
begin
  create table public.notes (id bigint, title text);
  alter publication supabase_realtime add table public.notes;
end
$$;
