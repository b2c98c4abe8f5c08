-- Forced, an owner that bypasses in any case, an owner that cannot log in, and
-- a table without policies.
create role app_owner login;
create role holder nologin;
create role web login noinherit;
grant holder to web;
create table public.notes (id bigint primary key, tenant text);
create table public.tags (id bigint primary key, tenant text);
create table public.logs (id bigint primary key, tenant text);
create table public.jobs (id bigint primary key);
alter table public.notes owner to app_owner;
alter table public.logs owner to holder;
alter table public.jobs owner to app_owner;
alter table public.notes enable row level security;
alter table public.notes force row level security;
alter table public.tags enable row level security;
alter table public.logs enable row level security;
alter table public.jobs enable row level security;
create policy "own" on public.notes using (tenant = (select current_setting('app.tenant', true)));
create policy "own" on public.tags using (tenant = (select current_setting('app.tenant', true)));
create policy "own" on public.logs using (tenant = (select current_setting('app.tenant', true)));
