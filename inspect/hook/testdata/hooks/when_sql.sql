create function public.custom_access_token_hook(event jsonb) returns jsonb language sql stable set search_path = '' as $$
  select coalesce(
    (select jsonb_set(event, '{claims,user_role}', to_jsonb(p.role)) from public.profiles p
      where p.id = (event ->> 'user_id')::uuid and p.role is not null),
    event)
$$;
