-- Granted by name, after a clean slate or on top.
create table public.tickets (id bigint primary key, owner_id uuid not null);
alter table public.tickets enable row level security;
create index on public.tickets (owner_id);
revoke all on public.tickets from anon, authenticated;
grant select, insert on public.tickets to authenticated;
create policy "owners" on public.tickets for select to authenticated using (owner_id = (select auth.uid()));
create table public.countries (code text primary key);
alter table public.countries enable row level security;
create policy "everyone" on public.countries for select using (true);
grant select on public.countries to anon, authenticated;

-- For the server alone.
create table public.jobs (id bigint primary key);
alter table public.jobs enable row level security;
revoke all on public.jobs from anon, authenticated;
create policy "nobody" on public.jobs for select to authenticated using (false);

-- The project's own default privileges, which come with it.
create schema app;
alter default privileges in schema app grant select on tables to authenticated;
create table app.notes (id bigint primary key);

-- All tables at once.
create table public.labels (id bigint primary key);
alter table public.labels enable row level security;
create policy "everyone" on public.labels for select using (true);
grant select on all tables in schema public to authenticated;
