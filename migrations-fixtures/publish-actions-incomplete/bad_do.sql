create table public.notes (id bigint primary key);
alter publication supabase_realtime add table public.notes;

do $$
begin
  execute 'alter publication supabase_realtime set (publish = ''insert, delete'')'; -- want publication supabase_realtime
end
$$;
