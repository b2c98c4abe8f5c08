create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
create policy a on public.tickets for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'agent');
create policy b on public.tickets for insert to authenticated with check ((select auth.jwt() ->> 'user_role') = 'agent');
do $$
begin
  create policy c on public.tickets for update to authenticated using ((select (auth.jwt())['app_metadata'] ->> 'user_role') = 'agent'); -- want policy public.tickets/c
end
$$;
