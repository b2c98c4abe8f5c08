create table public.tickets (id bigint primary key);
alter table public.tickets enable row level security;
revoke all on public.tickets from anon, authenticated;
grant select, insert, update on public.tickets to authenticated;
-- Both places, in all policies alike: a helper reads one and falls back.
create schema private;
grant usage on schema private to authenticated;
create function private.user_role() returns text
language sql stable set search_path = ''
as $$ select coalesce(auth.jwt() ->> 'user_role', auth.jwt() -> 'app_metadata' ->> 'user_role') $$;
revoke execute on function private.user_role() from public;
grant execute on function private.user_role() to authenticated;
create policy "tickets are read by agents" on public.tickets
  for select to authenticated using ((select private.user_role()) = 'agent');
create policy "tickets are changed by agents" on public.tickets
  for update to authenticated using ((select private.user_role()) = 'agent');
-- Another claim may stand elsewhere.
create policy "tickets are added by the plan" on public.tickets
  for insert to authenticated with check ((select auth.jwt() -> 'app_metadata' ->> 'plan') = 'pro');
