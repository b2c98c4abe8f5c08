create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event->'claims';
  r public.user_role;
begin
  select p.role into r from public.profiles p where p.id = (event->>'user_id')::uuid;
  if r is not null then
    claims := jsonb_set(claims, '{user_role}', to_jsonb(r));
    if claims->'app_metadata' is null then
      claims := jsonb_set(claims, '{app_metadata}', '{}');
    end if;
    claims := jsonb_set(claims, '{app_metadata,user_role}', to_jsonb(r));
  else
    claims := jsonb_set(claims, '{user_role}', 'null');
  end if;
  event := jsonb_set(event, '{claims}', claims);
  return event;
end;
$$;
