create table public.articles (id bigint primary key);
alter table public.articles enable row level security;
create policy "articles are read by users" on public.articles -- want policy public.articles/articles are read by users
  for select to authenticated using ((select auth.uid()) is not null);
create policy "accounts only" on public.articles as restrictive for all to authenticated
  using ((select auth.jwt() ->> 'is_anonymous') is distinct from 'true');

do $$
begin
  drop policy "accounts only" on public.articles;
end
$$;
