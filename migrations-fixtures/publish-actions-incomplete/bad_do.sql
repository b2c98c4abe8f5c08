create table public.notes (id bigint primary key);
alter publication supabase_realtime add table public.notes;

do $$ -- want publication supabase_realtime
begin
  execute 'alter publication supabase_realtime set (publish = ''insert, delete'')';
end
$$;
