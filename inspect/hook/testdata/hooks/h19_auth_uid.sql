create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  r public.user_role;
begin
  select p.role into r from public.profiles p where p.id = auth.uid();
  return jsonb_set(event, '{claims,user_role}', coalesce(to_jsonb(r), 'null'));
end;
$$;
