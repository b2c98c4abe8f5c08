create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event->'claims';
  who record;
begin
  select p.id, p.role, p.team_id into who from public.profiles p where p.id = (event->>'user_id')::uuid limit 1;
  if who is not null then
    claims := jsonb_set(claims, '{team}', to_jsonb(who.team_id::text));
  elsif who is null then
    claims := jsonb_set(claims, '{nobody}', 'true');
  end if;
  return jsonb_set(event, '{claims}', claims);
end;
$$;
