create table public.notes (id bigint primary key);
do $$
begin
  execute format('alter table %I.%I enable row level security', 'public', 'notes'); -- want table public.notes
end
$$;
