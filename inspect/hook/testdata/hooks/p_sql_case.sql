create function public.custom_access_token_hook(event jsonb) returns jsonb
language sql stable set search_path = '' as $$
  with p as (select role, is_admin from public.profiles where id = (event->>'user_id')::uuid)
  select case
    when not exists (select 1 from p) then event
    when (select is_admin from p) then jsonb_set(event, '{claims,level}', '"top"')
    else jsonb_set(event, '{claims,level}', to_jsonb(coalesce((select role::text from p), 'none')))
  end
$$;
