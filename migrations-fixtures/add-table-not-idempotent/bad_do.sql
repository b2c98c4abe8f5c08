create table public.notes (id bigint primary key);
alter publication supabase_realtime add table public.notes;

do $$
begin
  execute 'alter publication supabase_realtime add table public.notes'; -- want(static) table public.notes: a server stops here
end
$$;
