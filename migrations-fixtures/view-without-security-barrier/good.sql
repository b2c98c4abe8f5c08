create table public.orders (id bigint primary key, user_id uuid not null, total int);
create index on public.orders (user_id);
alter table public.orders enable row level security;
revoke all on public.orders from anon, authenticated;
grant select on public.orders to authenticated;
create policy "own" on public.orders for select to authenticated using (user_id = (select auth.uid()));
-- The caller's rights; not for clients; nothing hidden by the session.
create view public.mine with (security_invoker = true) as select id from public.orders where user_id = (select auth.uid());
create schema internal;
create view internal.mine as select id from public.orders where user_id = (select auth.uid());
create view internal.totals as select sum(total) as total from public.orders;
