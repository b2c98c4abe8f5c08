create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable as $$
declare
  claims jsonb;
  tier text;
  admin boolean;
  uid uuid;
begin
  uid := (event ->> 'user_id')::uuid;
  claims := event -> 'claims';
  select plan::text into tier from public.profiles where id = uid and label = 'true';
  select exists (select 1 from public.user_roles where user_id = uid and role = 'admin') into admin;
  claims := jsonb_set(claims, '{app_metadata}', coalesce(claims -> 'app_metadata', '{}'::jsonb) || jsonb_build_object('tier', coalesce(tier, 'none'), 'is_admin', admin));
  return jsonb_build_object('claims', claims);
end;
$$;
