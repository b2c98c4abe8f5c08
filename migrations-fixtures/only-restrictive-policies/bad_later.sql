create table public.notes (id bigint primary key, owner_id uuid not null);
alter table public.notes enable row level security;
create policy "all see" on public.notes for select to authenticated using (true);
create policy "only their own" on public.notes as restrictive to authenticated using (owner_id = (select auth.uid())); -- want policy public.notes/only their own
drop policy "all see" on public.notes;
