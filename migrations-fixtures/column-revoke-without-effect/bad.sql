create table public.profiles (id uuid primary key, display_name text, phone text);
alter table public.profiles enable row level security;
create policy "profiles are public" on public.profiles for select using (display_name is not null);
revoke select (phone) on public.profiles from anon; -- want table public.profiles
