do $$
begin
  create table public.notes (id bigint, title text); -- want table public.notes
  alter publication supabase_realtime add table public.notes;
end
$$;
