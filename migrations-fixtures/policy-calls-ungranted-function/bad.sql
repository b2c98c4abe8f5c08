create schema private;
grant usage on schema private to authenticated;
create function private.is_staff() returns boolean language sql stable security definer set search_path = ''
  as $$ select coalesce(auth.jwt() ->> 'email' like '%@example.com', false) $$;
revoke execute on function private.is_staff() from public;
create table public.tickets (id bigint primary key);
alter table public.tickets enable row level security;
create policy "staff read tickets" on public.tickets -- want policy public.tickets/staff read tickets
  for select to authenticated using ((select private.is_staff()));
