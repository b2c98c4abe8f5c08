insert into storage.buckets (id, name) values ('files', 'files');
create policy "files are changed" on storage.objects -- want policy storage.objects/files are changed
  for update to authenticated using (bucket_id = 'files');

create policy "files are managed" on storage.objects -- want policy storage.objects/files are managed
  for all to authenticated using ((select auth.role()) = 'authenticated' and bucket_id = 'files');
