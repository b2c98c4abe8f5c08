create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  if exists (select 1 from public.profiles p where p.id = (event->>'user_id')::uuid and p.is_admin) then
    return jsonb_set(event, '{claims,admin}', 'true'::jsonb);
  end if;
  return event;
end;
$$;
