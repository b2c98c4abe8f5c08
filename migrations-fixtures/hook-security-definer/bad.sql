create type public.user_role as enum ('client', 'agent', 'admin');
create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  role public.user_role
);
create function public.custom_access_token_hook(event jsonb) returns jsonb -- want function public.custom_access_token_hook(jsonb)
language plpgsql stable security definer set search_path = ''
as $$
declare
  claims jsonb := event->'claims';
  assigned public.user_role;
begin
  select p.role into assigned from public.profiles as p where p.id = (event->>'user_id')::uuid;
  claims := jsonb_set(claims, '{user_role}', coalesce(to_jsonb(assigned), 'null'));
  return jsonb_set(event, '{claims}', claims);
end
$$;
