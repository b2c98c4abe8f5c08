create policy "uploads are readable" on storage.objects -- want policy storage.objects/uploads are readable
  for select to authenticated using (true);
create policy "members upload" on storage.objects -- want policy storage.objects/members upload
  for insert to authenticated with check ((select auth.uid()) is not null);
