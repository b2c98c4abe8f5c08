create schema private;
create function private.is_staff() returns boolean language sql stable set search_path = '' as $$ select true $$;
create table public.tickets (id bigint primary key);
alter table public.tickets enable row level security;
do $$
begin
  revoke execute on function private.is_staff() from public;
  create policy "staff delete tickets" on public.tickets for delete to authenticated using ((select private.is_staff())); -- want policy public.tickets/staff delete tickets
end
$$;
