create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;

create policy "tickets are read by agents" on public.tickets -- want policy public.tickets/tickets are read by agents
  for select to authenticated using ((select auth.jwt() -> 'user_metadata' ->> 'user_role') = 'agent');

create function public.is_agent() returns boolean language sql stable set search_path = ''
as $$ select auth.jwt() #>> '{user_metadata,user_role}' = 'agent' $$;
create policy "tickets are changed by agents" on public.tickets -- want policy public.tickets/tickets are changed by agents
  for update to authenticated using ((select public.is_agent()));
