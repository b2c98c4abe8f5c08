create table public.profiles (user_id uuid primary key, is_admin boolean not null default false);
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  is_admin boolean;
begin
  select is_admin into is_admin from public.profiles where user_id = (event->>'user_id')::uuid; -- want function public.custom_access_token_hook(jsonb)
  return jsonb_set(event, '{claims,is_admin}', to_jsonb(coalesce(is_admin, false)));
end
$$;
