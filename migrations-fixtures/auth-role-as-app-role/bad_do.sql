create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
create function public.is_admin() returns boolean language plpgsql stable set search_path = ''
as $$ begin return auth.role() = 'admin'; end $$;
do $$
begin
  create policy staff on public.tickets for select to authenticated using ((select public.is_admin())); -- want policy public.tickets/staff
exception when duplicate_object then
  null;
end
$$;
