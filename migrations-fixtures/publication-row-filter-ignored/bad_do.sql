create table public.notes (id bigint primary key, draft boolean not null);

do $$
begin
  execute format('alter publication supabase_realtime add table public.%I where (draft)', 'notes'); -- want table public.notes
end
$$;
