-- Several roles in one array, read by a helper.
create type public.user_role as enum ('client', 'agent', 'admin');
create table public.memberships (
  user_id uuid not null references auth.users (id) on delete cascade,
  role public.user_role not null,
  primary key (user_id, role)
);
alter table public.memberships enable row level security;
revoke all on public.memberships from anon, authenticated;
grant select on public.memberships to supabase_auth_admin;
create policy "memberships are read by the hook" on public.memberships for select to supabase_auth_admin using (true);
create schema private;
grant usage on schema private to supabase_auth_admin;
create function private.roles_of(uid uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(m.role order by m.role), '[]') from public.memberships m where m.user_id = uid
$$;
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return jsonb_set(event, '{claims,user_roles}', private.roles_of((event->>'user_id')::uuid));
end
$$;
grant usage on schema public to supabase_auth_admin;
grant execute on function public.custom_access_token_hook(jsonb) to supabase_auth_admin;
revoke execute on function public.custom_access_token_hook(jsonb) from authenticated, anon, public;
