create table public.notes (id bigint primary key);
do $$
begin
  execute 'alter table public.notes replica identity full'; -- want table public.notes
end
$$;
