create table public.settings (id bigint primary key, value text);
alter table public.settings enable row level security;
create function public.is_admin() returns boolean language sql stable set search_path = '' as $$ select auth.email() = 'ada@example.com' $$;
create policy "admins" on public.settings to authenticated using ((select auth.jwt() ->> 'user_role') = 'admin');
alter policy "admins" on public.settings using ((select public.is_admin())); -- want policy public.settings/admins
