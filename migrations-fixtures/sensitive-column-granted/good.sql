create table public.profiles (id uuid primary key, name text, api_key text, password_hint text);
alter table public.profiles enable row level security;
revoke all on public.profiles from anon, authenticated;
grant select (id, name, password_hint) on public.profiles to authenticated;
grant update (api_key) on public.profiles to authenticated;
grant select (api_key) on public.profiles to service_role;
create policy "own" on public.profiles for select to authenticated using (id = (select auth.uid()));
create policy "own change" on public.profiles for update to authenticated using (id = (select auth.uid())) with check (id = (select auth.uid()));
