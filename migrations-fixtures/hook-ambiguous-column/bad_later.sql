create table public.profiles (id uuid primary key, role text not null);
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  user_id uuid := (event->>'user_id')::uuid;
  assigned text;
begin
  select role into assigned from public.profiles where id = user_id; -- want function public.custom_access_token_hook(jsonb)
  return jsonb_set(event, '{claims,user_role}', to_jsonb(coalesce(assigned, 'client')));
end
$$;

-- The variable of the hook was there first.
alter table public.profiles add column user_id uuid;
