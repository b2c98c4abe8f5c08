create table public.notes (id bigint primary key);
alter publication supabase_realtime add table public.notes;

do $$ -- want(static) table public.notes: a server stops here
begin
  execute 'alter publication supabase_realtime add table public.notes';
end
$$;
