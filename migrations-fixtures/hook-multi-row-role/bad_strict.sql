create type public.user_role as enum ('client', 'agent', 'admin');
create table public.user_roles (
  id bigint generated always as identity primary key,
  user_id uuid not null,
  role public.user_role not null,
  since timestamptz not null default now()
);
create unique index user_roles_key on public.user_roles (user_id, role);
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  claims jsonb := event->'claims';
  assigned public.user_role;
begin
  select ur.role into strict assigned from public.user_roles as ur where ur.user_id = (event->>'user_id')::uuid; -- want function public.custom_access_token_hook(jsonb)
  return jsonb_set(event, '{claims,user_role}', coalesce(to_jsonb(assigned), 'null'));
end
$$;
