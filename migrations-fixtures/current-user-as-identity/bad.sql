create table public.orders (id bigint primary key, user_name text);
alter table public.orders enable row level security;
create policy "orders of the user" on public.orders -- want policy public.orders/orders of the user
  for select to authenticated using (user_name = current_user);
