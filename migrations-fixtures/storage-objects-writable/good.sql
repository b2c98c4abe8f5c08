-- Anyone signed in uploads; files are changed by whoever owns them.
create policy "upload" on storage.objects for insert to authenticated with check (bucket_id = 'files');
create policy "change own" on storage.objects for update to authenticated
  using (bucket_id = 'files' and (select auth.uid()) = owner) with check (bucket_id = 'files');
create policy "delete own folder" on storage.objects for delete to authenticated
  using (bucket_id = 'files' and (storage.foldername(name))[1] = (select auth.uid()::text));

-- Staff, members of the team the folder is named by, and the server.
create policy "staff manages" on storage.objects for all to authenticated
  using (bucket_id = 'files' and (select auth.jwt() ->> 'user_role') = 'admin');
create table public.members (team text, user_id uuid references auth.users (id), primary key (team, user_id));
create index on public.members (user_id);
alter table public.members enable row level security;
revoke all on public.members from anon, authenticated;
grant select on public.members to authenticated;
create policy "own memberships" on public.members for select to authenticated using (user_id = (select auth.uid()));
create policy "team deletes" on storage.objects for delete to authenticated
  using (bucket_id = 'teams' and exists (select 1 from public.members m where m.user_id = (select auth.uid()) and m.team = (storage.foldername(objects.name))[1]));
create policy "server" on storage.objects for all to service_role using (bucket_id = 'files');
