create table public.articles (id bigint primary key);
alter table public.articles enable row level security;
create policy "articles are read by users" on public.articles for select to authenticated using (true); -- want policy public.articles/articles are read by users
