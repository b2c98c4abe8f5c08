create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable as $function$declare
  claims jsonb;
  roles jsonb;
begin
  select jsonb_agg(role) into roles from public.user_roles where user_id = (event->>'user_id')::uuid;
  if roles is null then
    roles := '[]'::jsonb;
  end if;
  claims := event->'claims';
  claims := jsonb_set(claims, '{user_roles}', roles);
  event := jsonb_set(event, '{claims}', claims);
  return event;
end;$function$;
