create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable as $$
declare
  claims jsonb;
  user_role text;
  uid uuid;
begin
  begin
    uid := (event ->> 'user_id')::uuid;
  exception
    when others then
      return event;
  end;
  if uid is null then
    return event;
  end if;
  claims := event->'claims';
  if claims is null then
    claims := '{}'::jsonb;
  end if;
  select ur.role::text into user_role from public.user_roles ur where ur.user_id = uid limit 1;
  if user_role is null then
    select p.role into user_role from public.profiles p where p.id = uid;
  end if;
  if user_role is not null then
    claims := jsonb_set(claims, '{user_role}', to_jsonb(user_role));
    if claims ? 'app_metadata' then
      claims := jsonb_set(claims, '{app_metadata,role}', to_jsonb(user_role));
    else
      claims := jsonb_set(claims, '{app_metadata}', json_build_object('role', user_role)::jsonb);
    end if;
    event := jsonb_set(event, '{claims}', claims);
  end if;
  return event;
end;
$$;
