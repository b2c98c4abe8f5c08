create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  if event->'claims'->'app_metadata'->'providers' ? 'email' or event->'claims' @> '{"aal": "aal2"}' then
    return jsonb_set(event, '{claims,by_mail}', 'true');
  end if;
  if event->'claims'->'app_metadata'->>'provider' is distinct from 'email' then
    return jsonb_set(event, '{claims,by_mail}', 'false');
  end if;
  return event;
end;
$$;
