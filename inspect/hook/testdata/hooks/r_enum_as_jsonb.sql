create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql as $$
  declare
    claims jsonb;
    assigned public.user_role;
  begin
    select p.role into assigned from public.profiles p where p.id = (event->>'user_id')::uuid;
    claims := event->'claims';
    if jsonb_typeof(claims->'app_metadata') is null then
      claims := jsonb_set(claims, '{app_metadata}', '{}');
    end if;
    claims := jsonb_set(claims, '{app_metadata, admin}', assigned);
    event := jsonb_set(event, '{claims}', claims);
    return event;
  end;
$$;
