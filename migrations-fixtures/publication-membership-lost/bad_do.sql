create table public.notes (id bigint primary key);
alter publication supabase_realtime add table public.notes;

do $$
begin
  drop publication if exists supabase_realtime; -- want(static) table public.notes: a database has no history
  create publication supabase_realtime;
end
$$;
