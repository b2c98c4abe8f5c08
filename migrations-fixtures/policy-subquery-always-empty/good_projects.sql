-- Ordinary projects whose policies read what their users can see.
create schema private;
grant usage on schema private to authenticated;

-- A lookup table without row level security, closed to writing.
create table private.plans (id text primary key, seats integer not null);
grant select on private.plans to authenticated;
create table public.spaces (id bigint primary key, plan text not null);
create index on public.spaces (plan);
alter table public.spaces enable row level security;
revoke all on public.spaces from anon, authenticated;
grant select on public.spaces to authenticated;
create policy "spaces of a known plan" on public.spaces for select to authenticated
  using (exists (select 1 from private.plans p where p.id = spaces.plan));

-- A policy for everybody counts for authenticated as well.
create table public.tags (id bigint primary key, label text not null);
alter table public.tags enable row level security;
revoke all on public.tags from anon, authenticated;
grant select on public.tags to anon, authenticated;
create policy "tags are public" on public.tags for select to anon, authenticated using (true);
create table public.tagged (id bigint primary key, tag bigint not null);
create index on public.tagged (tag);
alter table public.tagged enable row level security;
revoke all on public.tagged from anon, authenticated;
grant select on public.tagged to authenticated;
create policy "what has a tag" on public.tagged for select to authenticated
  using (exists (select 1 from public.tags t where t.id = tagged.tag));

-- FOR ALL covers SELECT, and a restrictive policy beside it takes only some away.
create table public.projects (id bigint primary key, owner uuid not null, archived boolean not null default false);
create index on public.projects (owner);
alter table public.projects enable row level security;
revoke all on public.projects from anon, authenticated;
grant select, insert, update, delete on public.projects to authenticated;
create policy "projects are their owner's" on public.projects for all to authenticated
  using (owner = (select auth.uid())) with check (owner = (select auth.uid()));
create policy "archived projects are gone" on public.projects as restrictive for select to authenticated using (not archived);
create table public.tasks (id bigint primary key, project bigint not null);
create index on public.tasks (project);
alter table public.tasks enable row level security;
revoke all on public.tasks from anon, authenticated;
grant select on public.tasks to authenticated;
create policy "tasks of one's projects" on public.tasks for select to authenticated
  using (project in (select p.id from public.projects p where p.owner = (select auth.uid())));

-- A view with its owner's rights shows what the user's own would not.
create table private.staff (user_id uuid primary key);
alter table private.staff enable row level security;
create view private.staff_ids as select user_id from private.staff;
grant select on private.staff_ids to authenticated;
create table public.reports (id bigint primary key);
alter table public.reports enable row level security;
revoke all on public.reports from anon, authenticated;
grant select on public.reports to authenticated;
create policy "reports are read by staff" on public.reports for select to authenticated
  using (exists (select 1 from private.staff_ids s where s.user_id = (select auth.uid())));

-- NOT EXISTS over a deny list that only the server sees is a choice: the helper has the owner's rights.
create table private.blocked (user_id uuid primary key);
alter table private.blocked enable row level security;
create function private.is_blocked() returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select 1 from private.blocked b where b.user_id = auth.uid()) $$;
revoke execute on function private.is_blocked() from public;
grant execute on function private.is_blocked() to authenticated;
create table public.posts (id bigint primary key);
alter table public.posts enable row level security;
revoke all on public.posts from anon, authenticated;
grant select on public.posts to authenticated;
create policy "posts are read unless blocked" on public.posts for select to authenticated using (not (select private.is_blocked()));
