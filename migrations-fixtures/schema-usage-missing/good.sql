create schema support;
create table support.tickets (id bigint primary key, owner_id uuid not null);
alter table support.tickets enable row level security;
alter table support.tickets replica identity full;
create index on support.tickets (owner_id);
create policy "owners read" on support.tickets for select to authenticated using (owner_id = (select auth.uid()));
grant select on support.tickets to authenticated;
-- USAGE through a group.
create role staff;
grant usage on schema support to staff;
grant staff to authenticated;
alter publication supabase_realtime add table support.tickets;

-- Not published.
create schema internal;
create table internal.jobs (id bigint primary key);
alter table internal.jobs enable row level security;
grant select on internal.jobs to authenticated;
