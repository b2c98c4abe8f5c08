create policy "own files, wherever" on storage.objects for select to authenticated using (owner_id = (select auth.uid()::text));
create policy "staff reads all" on storage.objects for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'admin');
create policy "uploads" on storage.objects for insert to authenticated with check (bucket_id in ('uploads', 'avatars'));
create policy "by folder" on storage.objects for select to authenticated using ((storage.foldername(name))[1] = 'public');
create policy "server" on storage.objects for select to service_role using (true);
