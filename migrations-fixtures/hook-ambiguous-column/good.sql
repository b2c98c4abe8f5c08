-- Said which, by the table, by the option, or because only one of them can be meant.
create type public.user_role as enum ('client', 'agent', 'admin');
create table public.profiles (user_id uuid primary key references auth.users (id), role public.user_role not null, claims text);
alter table public.profiles enable row level security;
revoke all on public.profiles from anon, authenticated;
grant select on public.profiles to supabase_auth_admin;
create policy "profiles are read by the hook" on public.profiles for select to supabase_auth_admin using (true);
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
declare
  user_id uuid := (event->>'user_id')::uuid;
  claims jsonb := event->'claims';
  role public.user_role;
begin
  select p.role into role from public.profiles as p where p.user_id = (event->>'user_id')::uuid order by role;
  claims := jsonb_set(claims, '{user_role}', coalesce(to_jsonb(role), 'null'));
  return jsonb_set(event, '{claims}', claims);
end
$$;
grant usage on schema public to supabase_auth_admin;
grant execute on function public.custom_access_token_hook(jsonb) to supabase_auth_admin;
revoke execute on function public.custom_access_token_hook(jsonb) from authenticated, anon, public;
