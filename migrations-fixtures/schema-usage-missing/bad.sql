create schema support;
create table support.tickets (id bigint primary key, owner_id uuid not null); -- want table support.tickets
alter table support.tickets enable row level security;
create policy "owners read" on support.tickets for select to authenticated using (owner_id = (select auth.uid()));
grant select on support.tickets to authenticated;
alter publication supabase_realtime add table support.tickets;
