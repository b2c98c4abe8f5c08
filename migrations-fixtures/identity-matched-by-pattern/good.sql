create table public.documents (id bigint primary key, path text not null, title text not null);
create index on public.documents (path);
create index on public.documents (title);
alter table public.documents enable row level security;
revoke all on public.documents from anon, authenticated;
grant select on public.documents to authenticated;
create policy "company" on public.documents for select to authenticated using ((select auth.email()) like '%@example.com');
create policy "branches" on public.documents for select to authenticated using ((select auth.email()) like '%@%.example.com');
-- An id has no wildcards, a title is not who somebody is, and a role the
-- application itself gives.
create policy "own folder" on public.documents for select to authenticated using (path like (select auth.uid()::text) || '/%');
create policy "drafts" on public.documents for select to authenticated using (title like 'Draft%' and (select auth.jwt() ->> 'user_role') = 'admin');
