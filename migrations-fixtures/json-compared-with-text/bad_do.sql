create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
do $$
begin
  create policy agents on public.tickets for select to authenticated using (('agent') = (select (auth.jwt() #> '{app_metadata,user_role}')::text)); -- want policy public.tickets/agents
end
$$;
