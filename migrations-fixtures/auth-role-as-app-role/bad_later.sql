create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
create policy staff on public.tickets
  for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'agent');

alter policy staff on public.tickets using ((select auth.role()) = any (array['agent', 'admin'])); -- want policy public.tickets/staff
