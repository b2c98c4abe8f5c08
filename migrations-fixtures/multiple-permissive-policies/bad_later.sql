create table public.notes (id bigint primary key, owner_id uuid not null, shared boolean); -- want table public.notes
alter table public.notes enable row level security;
create policy "owners" on public.notes to authenticated using (owner_id = (select auth.uid()));
create policy "all change shared ones" on public.notes as permissive for update using (shared);
