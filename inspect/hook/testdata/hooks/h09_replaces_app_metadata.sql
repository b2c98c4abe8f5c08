create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event->'claims';
  r public.user_role;
begin
  select p.role into r from public.profiles p where p.id = (event->>'user_id')::uuid;
  claims := claims || jsonb_build_object('app_metadata', jsonb_build_object('user_role', r));
  return event || jsonb_build_object('claims', claims);
end;
$$;
