-- Nothing that fails may keep anyone from signing in.
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
  claims jsonb := coalesce(event->'claims', '{}');
  assigned public.user_role;
begin
  begin
    select p.role into strict assigned from public.profiles as p where p.id = (event->>'user_id')::uuid;
  exception when no_data_found then
    assigned := 'client';
  end;
  if assigned is null then
    return event;
  end if;
  if claims->'app_metadata' is null then
    claims := jsonb_set(claims, '{app_metadata}', '{}');
  end if;
  claims := jsonb_set(claims, '{app_metadata,user_role}', to_jsonb(assigned));
  claims := jsonb_set(claims, '{is_staff}', to_jsonb(assigned in ('agent', 'admin')));
  return jsonb_build_object('claims', claims);
exception when others then
  return event;
end
$$;
grant usage on schema public to supabase_auth_admin;
grant execute on function public.custom_access_token_hook(jsonb) to supabase_auth_admin;
revoke execute on function public.custom_access_token_hook(jsonb) from authenticated, anon, public;
