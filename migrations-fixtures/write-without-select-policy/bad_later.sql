create table public.notes (id bigint primary key, owner_id uuid not null);
alter table public.notes enable row level security;
create policy "owners see" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
create policy "owners remove" on public.notes for delete to authenticated using (owner_id = (select auth.uid())); -- want policy public.notes/owners remove
alter policy "owners see" on public.notes to service_role;
