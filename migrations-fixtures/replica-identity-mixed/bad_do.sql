create table public.notes (id bigint primary key);
create table public.tags (id bigint primary key); -- want publication supabase_realtime
do $$
begin
  alter publication supabase_realtime add table public.notes, public.tags;
  alter table public.notes replica identity full;
end
$$;
