create table public.tickets (id bigint primary key, owner_id uuid not null, open boolean);
alter table public.tickets enable row level security;
create policy "owners see" on public.tickets for select to authenticated using (owner_id = (select auth.uid()));
create view public.open_tickets as select * from public.tickets where open; -- want view public.open_tickets
