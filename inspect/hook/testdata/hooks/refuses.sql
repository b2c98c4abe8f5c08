create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  r public.user_role;
begin
  select p.role into r from public.profiles p where p.id = (event->>'user_id')::uuid;
  if r is null then
    return jsonb_build_object('error', jsonb_build_object('http_code', 403, 'message', 'no role'));
  elsif r = 'agent' then
    raise exception 'agents are not let in' using errcode = '28000';
  end if;
  return jsonb_set(event, '{claims,user_role}', to_jsonb(r));
end;
$$;
