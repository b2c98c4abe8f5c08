create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
do $$
declare
  r text;
begin
  foreach r in array array['admin'] loop
    execute format('create policy staff on public.tickets for all to authenticated using (coalesce(auth.jwt() ->> ''role'', '''') = %L)', r); -- want policy public.tickets/staff
  end loop;
end
$$;
