create policy "files are deleted" on storage.objects
  for delete to authenticated using (bucket_id = 'files' and owner_id = (select auth.uid()::text));
alter policy "files are deleted" on storage.objects using (bucket_id = 'files' and (select auth.uid()) is not null); -- want policy storage.objects/files are deleted
