create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;

create policy "tickets are read by agents" on public.tickets -- want policy public.tickets/tickets are read by agents
  for select to authenticated using ((auth.jwt() ->> 'role') = 'agent');

-- Through a helper, in another spelling.
create function public.my_role() returns text
language sql stable set search_path = ''
as $$ select current_setting('request.jwt.claims', true)::jsonb ->> 'role' $$;
create policy "tickets are changed by staff" on public.tickets -- want policy public.tickets/tickets are changed by staff
  for update to authenticated using ((select public.my_role()) in ('agent', 'admin'));
