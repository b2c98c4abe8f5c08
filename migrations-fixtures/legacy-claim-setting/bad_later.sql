create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
create policy own on public.tickets for select to authenticated using (client_id = (select auth.uid()));

drop policy own on public.tickets;
create function public.uid() returns uuid language sql stable
as $$ select nullif(current_setting('request.jwt.claim.sub', true), '')::uuid $$;
create policy own on public.tickets for select to authenticated using (client_id = (select public.uid())); -- want policy public.tickets/own
