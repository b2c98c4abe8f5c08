create table public.tickets (id bigint primary key);
alter table public.tickets enable row level security;
-- A role that authenticator can take, one that logs in, a group of one that does, one that users are in.
create role agent;
grant agent to authenticator;
create policy "agents" on public.tickets for select to agent using (true);
create role reporting login;
create policy "reporting" on public.tickets for select to reporting using (true);
create role readers;
grant readers to reporting;
create policy "readers" on public.tickets for select to readers using (true);
create role staff;
grant staff to authenticated;
create policy "staff" on public.tickets for select to staff using (true);
-- The platform's.
create policy "auth" on public.tickets for select to supabase_auth_admin using (true);
create policy "jobs" on public.tickets for select to service_role using (true);
-- Beside one that is in use.
create role later;
create policy "users and later" on public.tickets for update to authenticated, later using (id > 1);
create policy "users" on public.tickets for select to authenticated using (true);
-- One with whose rights a function, or a view, reads.
create role keeper;
grant keeper to postgres;
grant create on schema public to keeper;
create function public.count_tickets() returns bigint language sql stable security definer set search_path = '' as 'select count(*) from public.tickets';
revoke execute on function public.count_tickets() from public, anon, authenticated;
alter function public.count_tickets() owner to keeper;
create policy "the keeper counts" on public.tickets for select to keeper using (id > 2);
