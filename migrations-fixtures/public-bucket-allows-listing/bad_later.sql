insert into storage.buckets (id, name) values ('logos', 'logos') on conflict (id) do nothing;
create policy "logos are readable" on storage.objects for select using (bucket_id = 'logos'); -- want policy storage.objects/logos are readable
update storage.buckets set public = true where id = 'logos';
