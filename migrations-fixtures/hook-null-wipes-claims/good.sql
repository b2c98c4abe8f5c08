-- Each null has a branch of its own.
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
  level int;
begin
  select p.role into assigned from public.profiles as p where p.id = (event->>'user_id')::uuid;
  if assigned is null then
    claims := claims || jsonb_build_object('user_role', assigned);
    return jsonb_set(event, '{claims}', claims);
  end if;
  level := case assigned when 'admin' then 3 when 'agent' then 2 when 'client' then 1 end;
  claims := jsonb_set_lax(claims, '{level}', to_jsonb(level));
  claims := jsonb_set(claims, '{user_role}', to_jsonb(assigned));
  return jsonb_set(event, '{claims}', coalesce(claims, event->'claims'));
end
$$;
grant usage on schema public to supabase_auth_admin;
grant execute on function public.custom_access_token_hook(jsonb) to supabase_auth_admin;
revoke execute on function public.custom_access_token_hook(jsonb) from authenticated, anon, public;
