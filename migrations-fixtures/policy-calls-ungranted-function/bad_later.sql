create schema private;
create function private.is_member(room bigint) returns boolean language sql stable security definer set search_path = ''
  as $$ select room > 0 $$;
create table public.rooms (id bigint primary key);
alter table public.rooms enable row level security;
create policy "members" on public.rooms to authenticated -- want policy public.rooms/members
  using (private.is_member(id)) with check (private.is_member(id));
-- Tightened, and one role forgotten.
revoke all on function private.is_member(bigint) from public;
grant execute on function private.is_member(bigint) to service_role;

-- Without TO the policy is evaluated for visitors too.
create function private.is_open(room bigint) returns boolean language sql stable set search_path = '' as $$ select room < 10 $$;
create table public.halls (id bigint primary key);
alter table public.halls enable row level security;
create policy "open halls" on public.halls for select using (private.is_open(id)); -- want policy public.halls/open halls
revoke execute on function private.is_open(bigint) from public;
grant execute on function private.is_open(bigint) to authenticated;
