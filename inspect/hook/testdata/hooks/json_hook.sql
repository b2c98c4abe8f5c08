create function public.custom_access_token_hook(event json) returns json
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := (event->'claims')::jsonb;
begin
  claims := claims || '{"user_role": "agent"}';
  return json_build_object('claims', claims);
end;
$$;
