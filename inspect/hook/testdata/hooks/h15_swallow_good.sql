create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  r public.user_role;
begin
  select ur.role into strict r from public.user_roles ur where ur.user_id = (event->>'user_id')::uuid;
  return jsonb_set(event, '{claims,user_role}', to_jsonb(r));
exception when no_data_found or too_many_rows then
  return event;
end;
$$;
