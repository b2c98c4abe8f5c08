create table public.notes (id bigint primary key, owner_id uuid not null, shared boolean);
alter table public.notes enable row level security;
create index on public.notes (owner_id);
-- One for each command, a restrictive one, one for another role.
create policy "owners see" on public.notes for select to authenticated using (owner_id = (select auth.uid()) or shared);
create policy "owners change" on public.notes for update to authenticated using (owner_id = (select auth.uid()));
create policy "not the first" on public.notes as restrictive for select to authenticated using (id > 1);
create policy "visitors see" on public.notes for select to anon using (shared);
create policy "jobs see" on public.notes for select to service_role using (true);
create policy "more jobs" on public.notes for select to service_role using (shared);
