-- Ordinary projects in which anonymous users get no more than is theirs.
create schema private;
grant usage on schema private to authenticated;

-- Public to visitors as well: that a user without an account reads it changes nothing.
create table public.pages (id bigint primary key);
alter table public.pages enable row level security;
revoke all on public.pages from anon, authenticated;
grant select on public.pages to anon, authenticated;
create policy "pages are public" on public.pages for select to anon, authenticated using (true);

-- The claim is asked for in the policy itself, as text and as a boolean.
create table public.comments (id bigint primary key);
alter table public.comments enable row level security;
revoke all on public.comments from anon, authenticated;
grant select on public.comments to authenticated;
create policy "comments are read with an account" on public.comments for select to authenticated
  using (coalesce((select auth.jwt() ->> 'is_anonymous'), 'false') = 'false');
create table public.likes (id bigint primary key);
alter table public.likes enable row level security;
revoke all on public.likes from anon, authenticated;
grant select on public.likes to authenticated;
create policy "likes are read with an account" on public.likes for select to authenticated
  using ((select (auth.jwt() ->> 'is_anonymous')::boolean) is not true);

-- By a helper.
create function private.has_account() returns boolean language sql stable set search_path = ''
  as $$ select coalesce(auth.jwt() ->> 'is_anonymous', 'false') <> 'true' $$;
create table public.polls (id bigint primary key);
alter table public.polls enable row level security;
revoke all on public.polls from anon, authenticated;
grant select on public.polls to authenticated;
create policy "polls are read with an account" on public.polls for select to authenticated using ((select private.has_account()));

-- A role that only accounts get.
create table public.orders (id bigint primary key);
alter table public.orders enable row level security;
revoke all on public.orders from anon, authenticated;
grant select on public.orders to authenticated;
create policy "orders are read by staff" on public.orders for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'staff');
