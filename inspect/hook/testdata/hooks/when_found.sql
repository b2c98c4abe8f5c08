create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event -> 'claims';
  p public.profiles;
begin
  select * into p from public.profiles where id = (event ->> 'user_id')::uuid;
  if not found then
    return event;
  end if;
  claims := claims || jsonb_build_object('known', true);
  if p.is_admin and event ->> 'authentication_method' = 'password' then
    claims := claims || '{"admin": true}';
  elsif p.plan = 'pro' then
    claims := claims || '{"paying": true}';
  end if;
  return jsonb_set(event, '{claims}', claims);
end $$;
