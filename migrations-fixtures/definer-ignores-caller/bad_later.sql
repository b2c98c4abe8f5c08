create table public.tickets (id bigint primary key, client_id uuid, status text);
alter table public.tickets enable row level security;
create policy "own" on public.tickets to authenticated using (client_id = (select auth.uid()));
create function public.open_tickets() returns bigint language sql stable set search_path = '' -- want function public.open_tickets()
as $$ select count(*) from public.tickets where status = 'open' $$;
alter function public.open_tickets() security definer;
