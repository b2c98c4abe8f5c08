create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
create policy agents on public.tickets for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'agent');

alter policy agents on public.tickets using ((select ((auth.jwt())['user_role'])::text) = 'agent'); -- want policy public.tickets/agents
