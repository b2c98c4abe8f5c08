-- Tenants, by a helper and a left join.
create type public.user_role as enum ('client', 'agent', 'admin');
create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  role public.user_role
);
create table public.tenants (id uuid primary key, name text not null, plan text not null default 'free');
alter table public.profiles add column tenant_id uuid references public.tenants (id);
create index profiles_tenant_id_idx on public.profiles (tenant_id);
alter table public.tenants enable row level security;
revoke all on public.tenants from anon, authenticated;
grant select on public.tenants to supabase_auth_admin;
create policy "tenants are read by the hook" on public.tenants for select to supabase_auth_admin using (true);
alter table public.profiles enable row level security;
revoke all on public.profiles from anon, authenticated;
grant select on public.profiles to supabase_auth_admin;
create policy "profiles are read by the hook" on public.profiles
  for select to supabase_auth_admin using (true);
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable security invoker set search_path = ''
as $$
declare
  claims jsonb := event->'claims';
  found_role text;
  tenant uuid;
  plan_name text;
begin
  select p.role::text, t.id, t.plan into found_role, tenant, plan_name
  from public.profiles p left join public.tenants t on t.id = p.tenant_id
  where p.id = (event->>'user_id')::uuid;
  if not found then
    return event;
  end if;
  claims := claims || jsonb_build_object('user_role', found_role, 'tenant_id', tenant, 'plan', coalesce(plan_name, 'free'));
  return jsonb_set(event, '{claims}', claims);
end
$$;
grant usage on schema public to supabase_auth_admin;
grant execute on function public.custom_access_token_hook(jsonb) to supabase_auth_admin;
revoke execute on function public.custom_access_token_hook(jsonb) from authenticated, anon, public;
