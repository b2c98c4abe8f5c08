create table public.profiles (id uuid primary key, is_admin boolean not null);
alter table public.profiles enable row level security;

create policy "profiles are read by admins" on public.profiles -- want policy public.profiles/profiles are read by admins
  for select to authenticated
  using (exists (select 1 from public.profiles as p where p.id = auth.uid() and p.is_admin));
