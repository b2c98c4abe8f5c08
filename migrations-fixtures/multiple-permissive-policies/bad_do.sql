create table public.notes (id bigint primary key, owner_id uuid not null, shared boolean); -- want table public.notes
alter table public.notes enable row level security;
do $$
begin
  for i in 1..2 loop
    execute format('create policy p%s on public.notes for select to authenticated using (id > %s)', i, i);
  end loop;
end
$$;
