create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable as $$
declare
  claims jsonb;
  app_metadata jsonb;
  org_id text;
  user_role text;
begin
  claims := event -> 'claims';
  app_metadata := claims -> 'app_metadata';
  org_id := app_metadata ->> 'org_id';
  user_role := app_metadata ->> 'provider';
  if org_id is not null then
    claims := jsonb_set(claims, '{org_id}', to_jsonb(org_id));
  end if;
  if user_role is not null then
    claims := jsonb_set(claims, '{user_role}', to_jsonb(user_role));
  end if;
  return jsonb_set(event, '{claims}', claims);
end;
$$;
