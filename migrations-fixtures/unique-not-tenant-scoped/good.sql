create table public.orgs (id text primary key, name text not null unique);
alter table public.orgs enable row level security;
create table public.projects (
  id bigint primary key, org_id text not null references public.orgs (id), slug text not null, key uuid not null default gen_random_uuid() unique,
  number bigint generated always as identity unique, unique (org_id, slug)
);
alter table public.projects enable row level security;
create table public.tasks (id bigint primary key, org_id text not null, project_id bigint not null references public.projects (id), title text not null, unique (project_id, title));
create index on public.tasks (org_id);
alter table public.tasks enable row level security;
-- Told apart by user: nobody else's handle may be taken, and that is meant.
create table public.handles (user_id uuid primary key, handle text not null unique);
alter table public.handles enable row level security;
revoke all on public.orgs, public.projects, public.tasks, public.handles from anon, authenticated;
grant select, insert on public.orgs, public.projects, public.tasks, public.handles to authenticated;
create policy "org" on public.orgs for select to authenticated using (id = (select auth.jwt() ->> 'org_id'));
create policy "org add" on public.orgs for insert to authenticated with check (id = (select auth.jwt() ->> 'org_id'));
create policy "org" on public.projects for select to authenticated using (org_id = (select auth.jwt() ->> 'org_id'));
create policy "org add" on public.projects for insert to authenticated with check (org_id = (select auth.jwt() ->> 'org_id'));
create policy "org" on public.tasks for select to authenticated using (org_id = (select auth.jwt() ->> 'org_id'));
create policy "org add" on public.tasks for insert to authenticated with check (org_id = (select auth.jwt() ->> 'org_id'));
create policy "own" on public.handles for select to authenticated using (user_id = (select auth.uid()));
create policy "own add" on public.handles for insert to authenticated with check (user_id = (select auth.uid()));
-- Only the server adds rows.
create table public.invoices (id bigint primary key, org_id text not null, number text not null unique);
create index on public.invoices (org_id);
alter table public.invoices enable row level security;
revoke all on public.invoices from anon, authenticated;
grant select on public.invoices to authenticated;
create policy "org" on public.invoices for select to authenticated using (org_id = (select auth.jwt() ->> 'org_id'));
