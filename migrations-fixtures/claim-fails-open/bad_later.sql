create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
create table public.bans (user_id uuid primary key);
create policy "tickets are read" on public.tickets for select to authenticated using (client_id = (select auth.uid()));

-- For everyone, so for visitors without a session too: no ban is ever theirs.
alter policy "tickets are read" on public.tickets to public -- want policy public.tickets/tickets are read
  using (not exists (select 1 from public.bans as b where b.user_id = (select auth.uid())));

create policy "tickets of the organisation" on public.tickets for select to authenticated using (false);
alter table public.tickets alter org_id set not null;
alter policy "tickets of the organisation" on public.tickets -- want policy public.tickets/tickets of the organisation
  using (coalesce((auth.jwt() ->> 'org_id')::uuid, org_id) = org_id);
