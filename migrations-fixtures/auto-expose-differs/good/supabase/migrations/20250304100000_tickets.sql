create table public.tickets (id bigint primary key, title text);
alter table public.tickets enable row level security;
create policy "tickets are read by everybody signed in" on public.tickets for select to authenticated using (true);
grant select on public.tickets to authenticated;
