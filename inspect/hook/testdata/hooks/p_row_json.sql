create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  p record;
begin
  select x.* into p from public.profiles x where x.id = (event->>'user_id')::uuid;
  if not found then
    return event;
  end if;
  return jsonb_set(event, '{claims,profile}', to_jsonb(p) - 'label');
end;
$$;
