create type public.user_role as enum ('client', 'agent', 'admin');
create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  role public.user_role
);
grant select on public.profiles to supabase_auth_admin;
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  claims jsonb := event->'claims';
  assigned public.user_role;
begin
  select p.role into assigned from public.profiles as p where p.id = (event->>'user_id')::uuid; -- want table public.profiles
  return jsonb_set(event, '{claims,user_role}', coalesce(to_jsonb(assigned), 'null'));
end
$$;
do $$
declare
  t text;
begin
  foreach t in array array['profiles'] loop
    execute format('alter table public.%I enable row level security', t);
  end loop;
end
$$;
