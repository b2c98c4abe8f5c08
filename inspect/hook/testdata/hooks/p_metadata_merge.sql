create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := coalesce(event -> 'claims', '{}'::jsonb);
  app_metadata jsonb := coalesce(claims -> 'app_metadata', '{}'::jsonb);
  member public.profiles%rowtype;
  may boolean;
begin
  select * into member from public.profiles where id = (event ->> 'user_id')::uuid;
  if not found then
    app_metadata := app_metadata - 'desk';
  else
    select exists (select 1 from public.user_roles c where c.user_id = member.id and c.role = 'admin') into may;
    app_metadata := app_metadata || jsonb_build_object('desk', jsonb_strip_nulls(jsonb_build_object(
      'v', 1, 'role', member.role, 'team', member.team_id, 'may', may)));
  end if;
  claims := jsonb_set(claims, '{app_metadata}', app_metadata);
  return jsonb_set(event, '{claims}', claims);
end;
$$;
