create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  r public.user_role;
begin
  select l.role into r from public.ungranted l where l.id = (event->>'user_id')::uuid;
  return jsonb_set(event, '{claims,user_role}', coalesce(to_jsonb(r), 'null'));
end;
$$;
