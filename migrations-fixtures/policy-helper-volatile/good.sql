create schema private;
grant usage on schema private to authenticated;
create table public.rooms (id bigint primary key);
alter table public.rooms enable row level security;
create function private.a(room bigint) returns boolean language sql stable set search_path = '' as $$ select room > 0 $$;
create function private.b(room bigint) returns boolean language sql immutable set search_path = '' as $$ select room > 0 $$;
create function private.c(room bigint) returns boolean language sql set search_path = '' as $$ select room > 0 $$;
alter function private.c(bigint) stable;
create policy "open rooms" on public.rooms for select to authenticated
  using (private.a(id) and private.b(id) and private.c(id));
-- Volatile, and no policy's affair.
create function private.purge() returns void language sql security definer set search_path = '' as $$ select $$;
