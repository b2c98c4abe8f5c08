-- Only a helper runs as its owner, and says where it looks.
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
create schema private;
grant usage on schema private to supabase_auth_admin;
create function private.role_of(uid uuid) returns public.user_role
language sql stable security definer set search_path = ''
as $$ select p.role from public.profiles as p where p.id = uid $$;
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return jsonb_set(event, '{claims,user_role}', coalesce(to_jsonb(private.role_of((event->>'user_id')::uuid)), 'null'));
end
$$;
grant usage on schema public to supabase_auth_admin;
grant execute on function public.custom_access_token_hook(jsonb) to supabase_auth_admin;
revoke execute on function public.custom_access_token_hook(jsonb) from authenticated, anon, public;
alter function public.custom_access_token_hook(jsonb) security definer;
alter function public.custom_access_token_hook(jsonb) security invoker;
