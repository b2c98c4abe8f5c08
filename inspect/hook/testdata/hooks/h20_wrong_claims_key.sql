create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event->'claim';
begin
  claims := jsonb_set(claims, '{user_role}', '"agent"');
  return jsonb_set(event, '{claims}', claims);
end;
$$;
