create table public.tickets (id bigint primary key, client_id uuid not null, status text);
create index on public.tickets (client_id);
alter table public.tickets enable row level security;
revoke all on public.tickets from anon, authenticated;
grant select on public.tickets to authenticated;
create policy "own" on public.tickets for select to authenticated using (client_id = (select auth.uid()));

-- It asks who calls, itself or through a helper; it is not for clients; it runs
-- with the caller's rights; what it does is put together when it runs.
create schema internal;
grant usage on schema internal to authenticated;
create function internal.me() returns uuid language sql stable set search_path = '' as $$ select auth.uid() $$;
create function internal.my_tickets() returns setof bigint language sql stable security definer set search_path = ''
as $$ select id from public.tickets where client_id = internal.me() $$;
create function public.purge() returns void language sql security definer set search_path = '' as $$ delete from public.tickets where status = 'closed' $$;
revoke execute on function public.purge() from public, anon, authenticated;
create function public.count_mine() returns bigint language sql stable set search_path = '' as $$ select count(*) from public.tickets $$;

-- A helper, to which policies pass who asks: it tells one bit.
create table public.user_roles (user_id uuid, role text, primary key (user_id, role));
alter table public.user_roles enable row level security;
revoke all on public.user_roles from anon, authenticated;
grant select on public.user_roles to authenticated;
create policy "own" on public.user_roles for select to authenticated using (user_id = (select auth.uid()));
create function public.has_role(u uuid, r text) returns boolean language sql stable security definer set search_path = ''
as $$ select exists (select 1 from public.user_roles where user_id = u and role = r) $$;
create policy "admins" on public.tickets for select to authenticated using ((select public.has_role((select auth.uid()), 'admin')));
