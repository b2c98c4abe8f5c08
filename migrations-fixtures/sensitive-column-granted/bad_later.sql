create table public.profiles (id uuid primary key, name text, api_key text);
alter table public.profiles enable row level security;
create policy "own" on public.profiles for select to authenticated using (id = (select auth.uid()));
revoke select on public.profiles from anon, authenticated;
grant select (id, api_key) on public.profiles to authenticated; -- want table public.profiles
