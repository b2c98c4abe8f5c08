create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
do $$
begin
  create policy agents on public.tickets for select to authenticated -- want policy public.tickets/agents
    using ((select cast(current_setting('request.jwt.claims', true) as jsonb) -> 'app_metadata' ->> 'user_role') = 'agent');
end
$$;
