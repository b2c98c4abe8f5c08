-- Both, as two policies or as one.
create table public.notes (id bigint primary key, owner_id uuid not null);
alter table public.notes enable row level security;
create index on public.notes (owner_id);
create policy "owners see" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
create policy "owners change" on public.notes for update to authenticated using (owner_id = (select auth.uid()));
create table public.lists (id bigint primary key, owner_id uuid not null);
alter table public.lists enable row level security;
create index on public.lists (owner_id);
create policy "owners" on public.lists to authenticated using (owner_id = (select auth.uid())) with check (owner_id = (select auth.uid()));

-- Seen by signed-in users, and changed by a policy that only they pass.
create table public.tasks (id bigint primary key, owner_id uuid not null);
alter table public.tasks enable row level security;
create index on public.tasks (owner_id);
create policy "users see" on public.tasks for select to authenticated using (true);
create policy "owners change" on public.tasks for update to anon, authenticated using (owner_id = (select auth.uid()));

-- A role that sees everything, and one that may not update.
create table public.jobs (id bigint primary key, done boolean);
alter table public.jobs enable row level security;
revoke all on public.jobs from anon, authenticated;
create policy "jobs" on public.jobs for update to service_role using (not done);
create policy "users" on public.jobs for update to authenticated using (not done);

-- Rows that are only added.
create table public.log (id bigint primary key, text text not null);
alter table public.log enable row level security;
create policy "add" on public.log for insert to authenticated with check (length(text) < 100);
