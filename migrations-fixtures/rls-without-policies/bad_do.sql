create table public.notes (id bigint primary key);
do $$ -- want table public.notes
begin
  execute format('alter table %I.%I enable row level security', 'public', 'notes');
end
$$;
