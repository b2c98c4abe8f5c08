create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event->'claims';
  per_role jsonb;
begin
  with mine as (
    select ur.role, count(*) as n from public.user_roles ur where ur.user_id = (event->>'user_id')::uuid group by ur.role
  )
  select jsonb_object_agg(m.role, m.n) into per_role from mine m;
  claims := jsonb_set(claims, '{per_role}', coalesce(per_role, '{}'::jsonb));
  return jsonb_set(event, '{claims}', claims);
end;
$$;
