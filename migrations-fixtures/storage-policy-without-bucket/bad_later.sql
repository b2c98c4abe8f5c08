create policy "uploads are readable" on storage.objects for select to authenticated using (bucket_id = 'uploads');
alter policy "uploads are readable" on storage.objects using ((select auth.role()) = 'authenticated'); -- want policy storage.objects/uploads are readable
