create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
do $$
begin
  execute 'create policy agents on public.tickets for select to authenticated using ((select (auth.jwt())[''user_metadata''] ->> ''role'') = ''agent'')'; -- want policy public.tickets/agents
end
$$;
