create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_set(event, '{claims}', auth.jwt());
end;
$$;
