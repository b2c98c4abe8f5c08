create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb;
  user_role text;
begin
  select role::text into user_role from public.profiles where id::text = (event->>'user_id') limit 1;
  if user_role is null then
    user_role := 'customer';
  end if;
  claims := event->'claims';
  if claims->'app_metadata' is null then
    claims := jsonb_set(claims, '{app_metadata}', '{}'::jsonb);
  end if;
  claims := jsonb_set(claims, '{app_metadata, role}', to_jsonb(user_role));
  event := jsonb_set(event, '{claims}', claims);
  return event;
end;
$$;
