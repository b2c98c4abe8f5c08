create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
create function public.is_staff() returns boolean language sql stable set search_path = ''
as $$ select coalesce(auth.jwt() ->> 'user_role', '') <> 'customer' $$;
do $$
begin
  create policy staff on public.tickets for all to authenticated using ((select public.is_staff())); -- want policy public.tickets/staff
end
$$;
