create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
do $$ -- want policy public.tickets/staff
declare
  r text;
begin
  foreach r in array array['admin'] loop
    execute format('create policy staff on public.tickets for all to authenticated using (coalesce(auth.jwt() ->> ''role'', '''') = %L)', r);
  end loop;
end
$$;
