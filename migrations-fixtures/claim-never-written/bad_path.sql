create type public.user_role as enum ('client', 'agent', 'admin');
create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  role public.user_role
);
alter table public.profiles enable row level security;
revoke all on public.profiles from anon, authenticated;
grant select on public.profiles to supabase_auth_admin;
create policy "profiles are read by the hook" on public.profiles
  for select to supabase_auth_admin using (true);
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  claims jsonb := event->'claims';
  assigned public.user_role;
begin
  select p.role into assigned from public.profiles as p where p.id = (event->>'user_id')::uuid;
  claims := jsonb_set(claims, '{user_role}', coalesce(to_jsonb(assigned), 'null'));
  return jsonb_set(event, '{claims}', claims);
end
$$;
grant usage on schema public to supabase_auth_admin;
grant execute on function public.custom_access_token_hook(jsonb) to supabase_auth_admin;
revoke execute on function public.custom_access_token_hook(jsonb) from authenticated, anon, public;
create table public.tickets (id bigint primary key, title text not null);
alter table public.tickets enable row level security;
revoke all on public.tickets from anon, authenticated;
grant select on public.tickets to authenticated;
create policy staff on public.tickets -- want policy public.tickets/staff
  for select to authenticated using ((select auth.jwt() -> 'app_metadata' ->> 'user_role') = 'agent');
create policy dotted on public.tickets -- want policy public.tickets/dotted
  for select to authenticated using ((select auth.jwt() ->> 'app_metadata.user_role') = 'agent');
-- Reading users' own metadata says nothing of who writes the application's.
create function public.handle_new_user() returns trigger language plpgsql security definer set search_path = ''
as $$ begin insert into public.profiles (id) select new.id where new.raw_user_meta_data is not null; return new; end $$;
revoke execute on function public.handle_new_user() from public, anon, authenticated;
create policy spelled on public.tickets -- want policy public.tickets/spelled
  for select to authenticated using ((select auth.jwt() -> 'app_metadata' ->> 'userRole') = 'agent');
