do $$
begin
  execute 'create policy "members upload" on storage.objects for insert to authenticated with check ((select auth.uid()) is not null)'; -- want policy storage.objects/members upload
end
$$;
