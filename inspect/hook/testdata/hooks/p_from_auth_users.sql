create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event->'claims';
  tenant text;
  meta jsonb;
begin
  select u.raw_app_meta_data into meta from auth.users u where u.id = (event->>'user_id')::uuid;
  tenant := coalesce(claims->>'tenant_id', claims->'app_metadata'->>'tenant_id', meta->>'tenant_id', 'localhost');
  claims := jsonb_set(claims, '{tenant_id}', to_jsonb(tenant), true);
  return jsonb_set(event, '{claims}', claims);
end;
$$;
