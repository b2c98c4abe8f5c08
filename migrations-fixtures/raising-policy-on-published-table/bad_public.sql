create table public.members (user_id uuid primary key);
create table public.tickets (id bigint primary key, title text);
alter table public.tickets enable row level security;
-- For everybody, and nobody may read the table.
create policy "tickets are read by members" on public.tickets -- want policy public.tickets/tickets are read by members
  for select using (exists (select 1 from public.members m where m.user_id = (select auth.uid())));
alter publication supabase_realtime add table public.tickets;

create table public.banned (user_id uuid primary key);
create table public.notes (id bigint primary key, title text);
alter table public.notes enable row level security;
-- For everybody, and only who is signed in may.
create policy "notes are read by all but the banned" on public.notes -- want policy public.notes/notes are read by all but the banned
  for select using (not exists (select 1 from public.banned b where b.user_id = (select auth.uid())));
alter publication supabase_realtime add table public.notes;
revoke all on public.members from anon, authenticated;
revoke all on public.banned from anon;
