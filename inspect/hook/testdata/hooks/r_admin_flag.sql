create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql as $$
  declare
    claims jsonb;
    admin boolean;
  begin
    select is_admin into admin from public.profiles where id = (event->>'user_id')::uuid;
    if admin then
      claims := event->'claims';
      if jsonb_typeof(claims->'app_metadata') is null then
        claims := jsonb_set(claims, '{app_metadata}', '{}');
      end if;
      claims := jsonb_set(claims, '{app_metadata, admin}', 'true');
      event := jsonb_set(event, '{claims}', claims);
    end if;
    return event;
  end;
$$;
