create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable as $$
declare
  r user_role;
begin
  select p.role into r from public.profiles p where p.id = (event->>'user_id')::uuid;
  return jsonb_set(event, '{claims,user_role}', coalesce(to_jsonb(r), 'null'));
end;
$$;
