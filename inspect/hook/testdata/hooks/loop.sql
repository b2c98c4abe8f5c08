create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event->'claims';
  r record;
  n int := 0;
begin
  for r in select ur.role from public.user_roles ur where ur.user_id = (event->>'user_id')::uuid order by ur.id loop
    claims := jsonb_set(claims, array['user_role'], to_jsonb(r.role));
    n := n + 1;
  end loop;
  claims := claims || jsonb_build_object('role_count', n);
  return jsonb_set(event, '{claims}', claims);
end;
$$;
