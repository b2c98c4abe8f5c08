create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event->'claims';
  p public.profiles%rowtype;
begin
  select * into p from public.profiles where profiles.id = (event->>'user_id')::uuid;
  if not found then
    return event;
  end if;
  claims := jsonb_set(claims, '{level}', case p.role when 'admin' then '3' when 'agent' then '2' else '1' end::jsonb);
  claims := jsonb_set(claims, '{is_admin}', to_jsonb(p.is_admin));
  claims := jsonb_set(claims, '{plan}', coalesce(to_jsonb(p.plan), '"free"'));
  claims := jsonb_set(claims, '{team_id}', coalesce(to_jsonb(p.team_id), 'null'));
  return jsonb_set(event, '{claims}', claims);
end;
$$;
