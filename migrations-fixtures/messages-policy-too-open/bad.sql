create policy "users listen" on realtime.messages -- want policy realtime.messages/users listen
  for select to authenticated using (true);
