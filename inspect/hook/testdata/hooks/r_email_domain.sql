create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable set search_path = '' as $$
begin
  if coalesce(event->'claims'->>'email', '') !~* '^a1@[a-z.]+$'
    or not (coalesce(event->'claims'->'app_metadata'->>'provider', '') = 'google'
      or coalesce(event->'claims'->'app_metadata'->'providers', '[]'::jsonb) @> '["email"]'::jsonb) then
    return jsonb_build_object('error', jsonb_build_object('http_code', 403, 'message', 'Only some may sign in.'));
  end if;
  return jsonb_build_object('claims', event->'claims');
end;
$$;
