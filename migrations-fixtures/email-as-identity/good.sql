create table public.orders (id bigint primary key, user_id uuid not null, email text not null);
create index on public.orders (user_id);
alter table public.orders enable row level security;
revoke all on public.orders from anon, authenticated;
grant select on public.orders to authenticated;
create policy "own" on public.orders for select to authenticated using (user_id = (select auth.uid()) and email <> '');
create policy "staff" on public.orders for select to authenticated using ((select auth.email()) like '%@example.com');
