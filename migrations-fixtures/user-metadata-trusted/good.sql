create table public.profiles (id uuid primary key, user_metadata jsonb not null default '{}');
alter table public.profiles enable row level security;
revoke all on public.profiles from anon, authenticated;
grant select, update on public.profiles to authenticated;
-- The server's metadata is trusted with reason.
create policy "profiles are read by admins" on public.profiles
  for select to authenticated using ((select auth.jwt() -> 'app_metadata' ->> 'user_role') = 'admin');
-- A column of that name is not the claim.
create policy "profiles are changed by their owner" on public.profiles
  for update to authenticated using (id = (select auth.uid()) and user_metadata ->> 'locked' is null);
