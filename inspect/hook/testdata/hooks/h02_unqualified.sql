create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable as $$
declare
  r public.user_role;
begin
  select role into r from profiles where id = (event->>'user_id')::uuid;
  return jsonb_set(event, '{claims,user_role}', coalesce(to_jsonb(r), 'null'));
end;
$$;
