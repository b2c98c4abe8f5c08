create table public.notes (id bigint primary key, owner_id uuid, deleted_at timestamptz);
alter table public.notes enable row level security;
create policy "own" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
alter policy "own" on public.notes using (owner_id = (select auth.uid()) or id is not null); -- want policy public.notes/own
