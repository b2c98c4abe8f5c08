create table public.orders (id bigint primary key, email text not null);
alter table public.orders enable row level security;
create policy "orders of the user" on public.orders -- want policy public.orders/orders of the user
  for select to authenticated using (lower(email) = lower((select auth.jwt() ->> 'email')));
