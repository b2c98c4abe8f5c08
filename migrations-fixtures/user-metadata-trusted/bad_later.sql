create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
create policy agents on public.tickets for select to authenticated using (false);

alter policy agents on public.tickets -- want policy public.tickets/agents
  using (exists (select 1 from auth.users as u where u.id = (select auth.uid()) and u.raw_user_meta_data ->> 'role' = 'agent'));
