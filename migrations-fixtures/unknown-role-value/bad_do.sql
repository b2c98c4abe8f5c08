create type public.user_role as enum ('client', 'agent', 'admin');
create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
do $$
declare
  r text := 'Agent';
begin
  execute format('create policy r on public.tickets for select to authenticated using ((select auth.jwt() -> ''app_metadata'' ->> ''user_role'') = %L)', r); -- want policy public.tickets/r
end
$$;
