create type public.user_role as enum ('client', 'agent');
create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
create policy agents on public.tickets for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'agent');

alter policy agents on public.tickets -- want policy public.tickets/agents
  using ((select auth.jwt() -> 'app_metadata' ->> 'user_role')::public.user_role = 'agent');
