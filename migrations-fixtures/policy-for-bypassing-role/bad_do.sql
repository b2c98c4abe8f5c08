create table public.notes (id bigint primary key);
create table public.tags (id bigint primary key);
do $$
declare
  t text;
begin
  foreach t in array array['notes', 'tags'] loop
    execute format('create policy server on public.%I to service_role using (true)', t); -- want policy public.notes/server -- want policy public.tags/server
  end loop;
end
$$;
