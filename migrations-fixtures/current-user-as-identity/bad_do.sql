create table public.orders (id bigint primary key, user_name text);
alter table public.orders enable row level security;
do $$
begin
  execute 'create policy own on public.orders for insert to authenticated with check (user_name = current_user::text)'; -- want policy public.orders/own
end
$$;
