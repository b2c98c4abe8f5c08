create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
create function public.org() returns uuid language sql stable set search_path = ''
as $$ select (auth.jwt() -> 'app_metadata' ->> 'org_id')::uuid $$;
do $$
begin
  create policy org on public.tickets for select to authenticated using (org_id = (select public.org())); -- want policy public.tickets/org
end
$$;
