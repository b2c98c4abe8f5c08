create table public.notes (id bigint primary key, owner_id uuid not null, shared boolean);
alter table public.notes enable row level security;
create index on public.notes (owner_id);
create policy "owners see" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
create policy "all see shared ones" on public.notes for select to authenticated using (shared);
