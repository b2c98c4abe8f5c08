create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  t text;
begin
  select p.role into t from public.profiles p where p.id = (event->>'user_id')::uuid;
  if t is null then
    return event;
  end if;
  return jsonb_set(event, '{claims,user_role}', t::jsonb);
end;
$$;
