insert into storage.buckets (id, name, public) values ('avatars', 'avatars', true), ('papers', 'papers', false);
create policy "avatars are readable" on storage.objects -- want policy storage.objects/avatars are readable
  for select to anon, authenticated using (bucket_id = 'avatars');

-- Every bucket, the public one with them.
create policy "members read files" on storage.objects -- want policy storage.objects/members read files
  for select to authenticated using ((select auth.uid()) is not null and bucket_id in ('papers', 'avatars'));

