create table public.profiles (id uuid primary key references auth.users (id) on delete cascade, role text);
create table public.notes (id bigint primary key, owner_id uuid);
alter table public.notes enable row level security;
alter table public.profiles enable row level security;
create policy "profiles are public" on public.profiles for select to authenticated using (true);
create policy "admins" on public.notes to authenticated using (owner_id = (select auth.uid()));
create function public.is_admin() returns boolean language sql stable security definer set search_path = ''
as $$ select exists (select 1 from public.profiles where profiles.role = 'admin') $$;
alter policy "admins" on public.notes using ((select public.is_admin())); -- want policy public.notes/admins
