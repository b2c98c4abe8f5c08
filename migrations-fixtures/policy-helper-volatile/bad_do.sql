create schema private;
create function private.is_open(room bigint) returns boolean language sql stable set search_path = '' as $$ select room > 0 $$;
create table public.rooms (id bigint primary key);
alter table public.rooms enable row level security;
do $$
begin
  alter function private.is_open(bigint) volatile; -- want function private.is_open(bigint)
  create policy "open rooms" on public.rooms for insert to authenticated with check (private.is_open(id));
end
$$;
