create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event->'claims';
  r public.user_role;
begin
  select p.role into r from public.profiles p where p.id = (event->>'user_id')::uuid;
  return jsonb_build_object('claims', jsonb_build_object('user_role', r, 'sub', event->>'user_id'));
end;
$$;
