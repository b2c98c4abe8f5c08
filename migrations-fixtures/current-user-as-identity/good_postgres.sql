-- Each user has a role of their own.
create table public.orders (id bigint primary key, user_name text not null);
create index on public.orders (user_name);
alter table public.orders enable row level security;
create policy "own" on public.orders using (user_name = current_user);
