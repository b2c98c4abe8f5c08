create table public.orders (id bigint primary key, email text not null, user_id uuid not null);
alter table public.orders enable row level security;
create policy "own" on public.orders to authenticated using (user_id = (select auth.uid()));
alter policy "own" on public.orders using (user_id = (select auth.uid()) or email = (select auth.email())); -- want policy public.orders/own
