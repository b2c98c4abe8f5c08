create table public.orders (id bigint primary key, user_name text);
alter table public.orders enable row level security;
create function public.me() returns text language sql stable set search_path = '' as $$ select session_user::text $$;
create policy "own" on public.orders for select to authenticated using (user_name = (select auth.email()));
alter policy "own" on public.orders using (user_name = (select public.me())); -- want policy public.orders/own
