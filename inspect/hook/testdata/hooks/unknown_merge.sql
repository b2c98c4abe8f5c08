create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event->'claims';
  r text := event->'claims'->'role';
begin
  claims := claims || ('{"quoted_role": ' || r || '}')::jsonb;
  return jsonb_set(event, '{claims}', claims);
end;
$$;
