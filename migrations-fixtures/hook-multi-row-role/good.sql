-- The latest one, the highest one, and the one of the pair that the key names.
create type public.user_role as enum ('client', 'agent', 'admin');
create table public.user_roles (
  id bigint generated always as identity primary key,
  user_id uuid not null references auth.users (id),
  role public.user_role not null,
  since timestamptz not null default now(),
  unique (user_id, role)
);
alter table public.user_roles enable row level security;
revoke all on public.user_roles from anon, authenticated;
grant select on public.user_roles to supabase_auth_admin;
create policy "roles are read by the hook" on public.user_roles for select to supabase_auth_admin using (true);
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  claims jsonb := event->'claims';
  uid uuid := (event->>'user_id')::uuid;
  latest public.user_role;
  highest public.user_role;
  staff_since timestamptz;
begin
  select ur.role into latest from public.user_roles as ur where ur.user_id = uid order by ur.since desc limit 1;
  select max(ur.role) into highest from public.user_roles as ur where ur.user_id = uid;
  select ur.since into staff_since from public.user_roles as ur where ur.user_id = uid and ur.role = 'agent';
  claims := claims || jsonb_build_object('user_role', latest, 'highest', highest, 'staff_since', staff_since);
  return jsonb_set(event, '{claims}', claims);
end
$$;
grant usage on schema public to supabase_auth_admin;
grant execute on function public.custom_access_token_hook(jsonb) to supabase_auth_admin;
revoke execute on function public.custom_access_token_hook(jsonb) from authenticated, anon, public;
