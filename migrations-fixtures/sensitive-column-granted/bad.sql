create table public.profiles (id uuid primary key, name text, api_key text);
alter table public.profiles enable row level security;
revoke all on public.profiles from anon, authenticated;
create policy "own" on public.profiles for select to authenticated using (id = (select auth.uid()));
grant select (id, name, api_key) on public.profiles to authenticated; -- want table public.profiles
