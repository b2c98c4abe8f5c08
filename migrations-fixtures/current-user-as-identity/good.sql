create table public.orders (id bigint primary key, user_id uuid not null, state text not null);
create index on public.orders (user_id);
create index on public.orders (state);
alter table public.orders enable row level security;
revoke all on public.orders from anon, authenticated;
grant select on public.orders to authenticated;
create policy "own" on public.orders for select to authenticated using (user_id = (select auth.uid()));
-- The role as a role.
create policy "by role" on public.orders for select to authenticated using ((select current_user) = 'postgres' or state = 'public');
-- Not for clients.
create role clerk login;
create policy "clerks" on public.orders for select to clerk using (state = current_user);
