create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql security definer set search_path = public as $$
declare
  claims jsonb;
  uid uuid := (event ->> 'user_id')::uuid;
  names text[];
  first text;
begin
  claims := coalesce(event -> 'claims', '{}'::jsonb);
  select coalesce(array_agg(distinct ur.role::text) filter (where ur.role <> 'client'), '{}') into names
  from public.user_roles ur where ur.user_id = uid;
  select ur.role::text into first from public.user_roles ur where ur.user_id = uid order by ur.id limit 1;
  claims := claims || jsonb_build_object('roles', to_jsonb(names), 'first_role', first, 'n', coalesce(array_length(names, 1), 0),
    'staff', 'agent' = any (names));
  return event || jsonb_build_object('claims', claims);
end;
$$;
