create type public.user_role as enum ('client', 'agent', 'admin');
create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
create policy agents on public.tickets for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'agent'); -- want policy public.tickets/agents

-- The label goes; the policy stays.
alter type public.user_role rename value 'agent' to 'staff';
