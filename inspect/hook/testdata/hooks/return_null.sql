create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  if event->'claims'->>'is_anonymous' = 'true' then
    return null;
  end if;
  return event;
end;
$$;
