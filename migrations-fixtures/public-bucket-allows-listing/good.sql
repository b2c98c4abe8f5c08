-- A public bucket needs no policy to be read.
insert into storage.buckets (id, name, public) values ('avatars', 'avatars', true) on conflict do nothing;
create policy "avatars are added by their owner" on storage.objects
  for insert to authenticated with check (bucket_id = 'avatars' and (storage.foldername(name))[1] = (select auth.uid()::text));

-- Listing one's own folder.
create policy "own avatars" on storage.objects
  for select to authenticated using (bucket_id = 'avatars' and owner_id = (select auth.uid()::text));

-- A private bucket, for its readers.
insert into storage.buckets (id, name, public) values ('papers', 'papers', false);
create policy "papers are read" on storage.objects for select to authenticated using (bucket_id = 'papers');

-- Public once, private now; and one that is gone.
insert into storage.buckets (id, name, public) values ('drafts', 'drafts', true), ('old', 'old', true);
update storage.buckets set public = false where id = 'drafts';
set storage.allow_delete_query = 'true';
delete from storage.buckets where id in ('old');
reset storage.allow_delete_query;
create policy "drafts and old files are read" on storage.objects for select to authenticated using (bucket_id in ('drafts', 'old'));

-- Staff may list.
create policy "staff" on storage.objects for select to authenticated using (bucket_id = 'avatars' and (select auth.jwt() ->> 'user_role') = 'admin');
