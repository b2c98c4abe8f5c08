create table public.news (id bigint primary key);
alter table public.news enable row level security;
revoke all on public.news from anon, authenticated;
grant select, update on public.news to authenticated;
create policy "news are read" on public.news for select to authenticated using (true);
create policy "news are changed by the server" on public.news
  for update to authenticated using ((select auth.role()) = 'service_role');
