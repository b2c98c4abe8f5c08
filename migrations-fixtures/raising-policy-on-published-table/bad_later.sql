create table public.members (user_id uuid primary key);
create table public.tickets (id bigint primary key, title text);
alter table public.tickets enable row level security;
create policy "tickets are read by members" on public.tickets -- want policy public.tickets/tickets are read by members
  for select to authenticated using (exists (select 1 from public.members m where m.user_id = (select auth.uid())));
alter publication supabase_realtime add table public.tickets;

-- Later the table is closed, and with it the policy that reads it.
revoke all on public.members from anon, authenticated;
