create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb;
  r text;
  uid uuid := coalesce(nullif(event->>'user_id', '')::uuid, nullif(event->>'userId', '')::uuid);
begin
  if uid is not null then
    select p.role into r from public.profiles p where p.id = uid;
  end if;
  claims := coalesce(event->'claims', '{}'::jsonb);
  claims := jsonb_set(claims, '{user_role}', to_jsonb(r), true);
  return jsonb_set(event, '{claims}', claims, true);
end;
$$;
