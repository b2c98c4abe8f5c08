create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event->'claims';
  roles text[];
begin
  select array_agg(ur.role::text order by ur.role) into roles from public.user_roles ur where ur.user_id = (event->>'user_id')::uuid;
  claims := claims || jsonb_build_object('roles', coalesce(roles, '{}'), 'n', (select count(*) from public.user_roles));
  return jsonb_build_object('claims', claims);
end;
$$;
