create role agent;
create role clerk;
grant agent, clerk to authenticator;
create table public.tickets (id bigint primary key);
alter table public.tickets enable row level security;
create policy "staff read tickets" on public.tickets for select to authenticated using (true);
alter policy "staff read tickets" on public.tickets to agent, clerk; -- want policy public.tickets/staff read tickets
revoke agent, clerk from authenticator;
