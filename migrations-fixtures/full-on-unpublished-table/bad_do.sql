create table public.notes (id bigint primary key);
do $$ -- want table public.notes
begin
  execute 'alter table public.notes replica identity full';
end
$$;
