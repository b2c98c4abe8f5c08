create table public.buyers (user_id text primary key, kind public.user_role not null);
insert into public.buyers values ('00000000-0000-0000-0000-0000000000a1', 'client');
create function public.custom_access_token_hook(event jsonb) returns jsonb as $$
declare
  claims jsonb;
  user_role text;
begin
  select kind::text into user_role from public.buyers where user_id = (event->>'user_id') limit 1;
  if user_role is null then
    user_role := 'customer';
  end if;
  claims := event->'claims';
  if claims->'app_metadata' is null then
    claims := jsonb_set(claims, '{app_metadata}', '{}'::jsonb);
  end if;
  claims := jsonb_set(claims, '{app_metadata, role}', to_jsonb(user_role));
  event := jsonb_set(event, '{claims}', claims);
  return event;
end;
$$ language plpgsql stable security definer;
