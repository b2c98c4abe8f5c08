create policy "users listen" on realtime.messages for select to authenticated
  using ((select realtime.topic()) = 'room:' || (select auth.uid())::text);
alter policy "users listen" on realtime.messages -- want policy realtime.messages/users listen
  using (extension = 'broadcast' and (select auth.uid()) is not null);
create policy "users send" on realtime.messages for insert to anon, authenticated -- want policy realtime.messages/users send
  with check (extension in ('broadcast', 'presence') and (select auth.role()) in ('anon', 'authenticated'));
