create schema private;
grant usage on schema private to authenticated;
create table public.members (user_id uuid primary key);
alter table public.members enable row level security;
revoke all on public.members from anon, authenticated;
create function private.is_member() returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select 1 from public.members where user_id = auth.uid()) $$;
revoke execute on function private.is_member() from public;
grant execute on function private.is_member() to authenticated;
create policy "members see themselves" on public.members for select to authenticated using (user_id = (select auth.uid()));

create table public.tickets (id bigint primary key, title text, tenant text);
create index on public.tickets (tenant);
alter table public.tickets enable row level security;
alter table public.tickets replica identity full;
revoke all on public.tickets from anon, authenticated;
grant select on public.tickets to authenticated;
create policy "tickets are read by members" on public.tickets for select to authenticated using ((select private.is_member()));
create policy "tickets are read by tenant" on public.tickets
  for select to authenticated using (tenant = (select current_setting('app.tenant', true)));
alter publication supabase_realtime add table public.tickets;
