create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  r text;
begin
  execute format('select p.role::text from %I.%I p where p.id = $1', 'public', 'profiles') into r using (event->>'user_id')::uuid;
  return jsonb_set(event, '{claims,user_role}', to_jsonb(coalesce(r, 'client')));
end;
$$;
