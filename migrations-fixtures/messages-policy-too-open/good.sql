create table public.members (user_id uuid, room bigint, primary key (user_id, room));
alter table public.members enable row level security;
create policy "own" on public.members for select to authenticated using (user_id = (select auth.uid()));
-- By the topic, by the column of that name, by membership, by who the user is.
create policy "own channel" on realtime.messages for select to authenticated using ((select realtime.topic()) = 'user:' || (select auth.uid())::text);
create policy "lobby" on realtime.messages for select to anon, authenticated using (topic = 'lobby' and extension = 'presence');
create policy "rooms" on realtime.messages for insert to authenticated
  with check (exists (select 1 from public.members m where m.user_id = (select auth.uid()) and (select realtime.topic()) = 'room:' || m.room));
create policy "staff" on realtime.messages for select to authenticated using ((select auth.jwt() -> 'app_metadata' ->> 'kind') = 'staff');
-- Every channel for whoever, less what a restrictive policy takes.
create policy "users send" on realtime.messages for insert to authenticated with check (true);
create policy "but to their own" on realtime.messages as restrictive for insert to authenticated
  with check ((select realtime.topic()) = 'user:' || (select auth.uid())::text);
-- For the server.
create policy "jobs" on realtime.messages for select to service_role using (true);
