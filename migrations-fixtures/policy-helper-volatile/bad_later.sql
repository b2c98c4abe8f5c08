create schema private;
create function private.is_open(room bigint) returns boolean language sql stable set search_path = '' as $$ select room > 0 $$;
create table public.rooms (id bigint primary key);
alter table public.rooms enable row level security;
create policy "open rooms" on public.rooms for select to authenticated using (private.is_open(id));
-- Replaced without the word.
create or replace function private.is_open(room bigint) returns boolean -- want function private.is_open(bigint)
language sql set search_path = '' as $$ select room > 1 $$;
