create table public.profiles (id uuid primary key, name text, password_hash text);
alter table public.profiles enable row level security;
revoke all on public.profiles from anon, authenticated;
create policy "own" on public.profiles for select to authenticated using (id = (select auth.uid()));
do $$
begin
  execute 'grant select (id, password_hash) on public.profiles to authenticated'; -- want table public.profiles
end
$$;
