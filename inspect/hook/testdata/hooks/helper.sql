create function public.role_of(uid uuid) returns public.user_role
language sql stable set search_path = '' as $$
  select p.role from public.profiles p where p.id = uid
$$;
create function public.with_claim(claims jsonb, name text, v jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  if v is null then
    return claims;
  end if;
  return claims || jsonb_build_object(name, v);
end;
$$;
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event->'claims';
begin
  claims := public.with_claim(claims, 'user_role', to_jsonb(public.role_of((event->>'user_id')::uuid)));
  claims := public.with_claim(claims, 'is_staff', to_jsonb(public.role_of((event->>'user_id')::uuid) in ('agent', 'admin')));
  return jsonb_set(event, '{claims}', claims);
end;
$$;
