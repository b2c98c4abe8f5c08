do $$
begin
  insert into storage.buckets (id, name, public) values ('logos', 'logos', true)
  on conflict (id) do update set public = excluded.public;
  execute 'create policy "logos are readable" on storage.objects for select using (bucket_id = ''logos'')'; -- want policy storage.objects/logos are readable
end
$$;
