create table public.notes (id bigint primary key);
alter table public.notes enable row level security;
do $$
declare
  t text;
begin
  foreach t in array array['notes'] loop
    execute format('create policy everything on public.%I for all using (true) with check (true)', t); -- want policy public.notes/everything
  end loop;
end
$$;
