create table public.tickets (id bigint primary key, title text);
alter table public.tickets enable row level security;
alter table public.tickets replica identity full;
create policy "tickets are read by everybody signed in" on public.tickets for select to authenticated using (true);
grant select on public.tickets to authenticated;
alter publication supabase_realtime add table public.tickets;
