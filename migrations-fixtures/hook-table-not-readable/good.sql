-- Granted by the column, and to a function that runs as its owner.
create type public.user_role as enum ('client', 'agent', 'admin');
create table public.profiles (id uuid primary key references auth.users (id), role public.user_role not null, notes text);
alter table public.profiles enable row level security;
revoke all on public.profiles from anon, authenticated;
grant select (id, role) on public.profiles to supabase_auth_admin;
create policy "profiles are read by the hook" on public.profiles for select to supabase_auth_admin using (true);
create table public.plans (user_id uuid primary key, plan text not null);
alter table public.plans enable row level security;
revoke all on public.plans from anon, authenticated;
create policy "nobody reads plans" on public.plans for select to authenticated using (user_id = (select auth.uid()));
create schema private;
grant usage on schema private to supabase_auth_admin;
create function private.plan_of(uid uuid) returns text
language sql stable security definer set search_path = ''
as $$ select coalesce((select p.plan from public.plans p where p.user_id = uid), 'free') $$;
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  claims jsonb := event->'claims';
  assigned public.user_role;
begin
  select p.role into assigned from public.profiles as p where p.id = (event->>'user_id')::uuid;
  claims := jsonb_set(claims, '{plan}', to_jsonb(private.plan_of((event->>'user_id')::uuid)));
  claims := jsonb_set(claims, '{user_role}', coalesce(to_jsonb(assigned), 'null'));
  return jsonb_set(event, '{claims}', claims);
end
$$;
grant usage on schema public to supabase_auth_admin;
grant execute on function public.custom_access_token_hook(jsonb) to supabase_auth_admin;
revoke execute on function public.custom_access_token_hook(jsonb) from authenticated, anon, public;
