create schema private;
grant usage on schema private to authenticated;
create table public.tickets (id bigint primary key);
alter table public.tickets enable row level security;

-- Granted by name.
create function private.is_staff() returns boolean language sql stable security definer set search_path = '' as $$ select true $$;
revoke execute on function private.is_staff() from public;
grant execute on function private.is_staff() to authenticated;
create policy "staff read tickets" on public.tickets for select to authenticated using ((select private.is_staff()));

-- Granted to PUBLIC, by default; the schema's USAGE is not asked for at run time.
create schema internal;
create function internal.is_open(ticket bigint) returns boolean language sql stable set search_path = '' as $$ select ticket > 0 $$;
create policy "open tickets" on public.tickets for update to authenticated using (internal.is_open(id));

-- Granted to a group that the role is in.
create role staff;
grant staff to authenticated;
create function private.is_late(ticket bigint) returns boolean language sql stable set search_path = '' as $$ select ticket > 0 $$;
revoke execute on function private.is_late(bigint) from public;
grant execute on function private.is_late(bigint) to staff;
create policy "late tickets" on public.tickets for delete to authenticated using (private.is_late(id));

-- Not for the role, which row level security does not touch anyway.
create function private.sees_all() returns boolean language sql stable set search_path = '' as $$ select true $$;
revoke execute on function private.sees_all() from public;
create policy "jobs" on public.tickets for select to service_role using ((select private.sees_all()));

-- The role may do nothing to the table.
create table public.keys (id bigint primary key);
alter table public.keys enable row level security;
revoke all on public.keys from anon, authenticated;
create policy "keys" on public.keys for select to authenticated using ((select private.sees_all()));

-- A policy for inserting, where the role may only read.
create table public.log (id bigint primary key);
alter table public.log enable row level security;
revoke all on public.log from anon, authenticated;
grant select on public.log to authenticated;
create policy "read" on public.log for select to authenticated using (true);
create policy "write" on public.log for insert to authenticated with check ((select private.sees_all()));
