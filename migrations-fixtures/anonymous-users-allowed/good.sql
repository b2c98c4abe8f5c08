create table public.articles (id bigint primary key, owner uuid not null);
create index on public.articles (owner);
alter table public.articles enable row level security;
revoke all on public.articles from anon, authenticated;
grant select on public.articles to authenticated;
create policy "articles are read by users" on public.articles for select to authenticated using (true);
create policy "accounts only" on public.articles as restrictive for all to authenticated
  using ((select auth.jwt() ->> 'is_anonymous') is distinct from 'true');

-- Own rows are one's own, with or without an account.
create table public.carts (id bigint primary key, owner uuid not null);
create index on public.carts (owner);
alter table public.carts enable row level security;
revoke all on public.carts from anon;
create policy "carts are their owner's" on public.carts for all to authenticated
  using (owner = (select auth.uid())) with check (owner = (select auth.uid()));
