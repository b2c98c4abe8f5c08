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
language plpgsql stable
as $$
declare
  assigned public.user_role;
begin
  select role into assigned from profiles where id = (event->>'user_id')::uuid; -- want function public.custom_access_token_hook(jsonb)
  return jsonb_set(event, '{claims,user_role}', coalesce(to_jsonb(assigned), 'null'));
end
$$;
