-- Through a helper that runs with the caller's privileges.
create table public.profiles (id uuid primary key, is_admin boolean not null);
create function public.is_admin() returns boolean
language sql stable set search_path = ''
as $$ select exists (select 1 from public.profiles where id = auth.uid() and is_admin) $$;

do $$
begin
  alter table public.profiles enable row level security;
  create policy admins on public.profiles for all to authenticated using (public.is_admin()); -- want policy public.profiles/admins
end
$$;
