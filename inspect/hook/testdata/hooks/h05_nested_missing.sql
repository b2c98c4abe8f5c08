create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  r public.user_role;
begin
  select p.role into r from public.profiles p where p.id = (event->>'user_id')::uuid;
  return jsonb_set(event, '{claims,app_metadata,user_role}', coalesce(to_jsonb(r), '"client"'));
end;
$$;
