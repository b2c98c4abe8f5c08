create table public.accounts (id uuid primary key, tenant text not null, is_admin boolean, kind text);
insert into public.accounts values
  ('00000000-0000-0000-0000-0000000000a1', 'localhost', true, 'owner'),
  ('00000000-0000-0000-0000-0000000000a2', 'localhost', null, null);
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable security definer set search_path = public, auth as $$
declare
  claims jsonb;
  uid uuid;
  tenant_name text;
  admin boolean := false;
  what text := null;
begin
  uid := nullif(event->>'user_id', '')::uuid;
  claims := coalesce(event->'claims', '{}'::jsonb);
  tenant_name := coalesce(
    claims->>'tenant_id',
    claims->'app_metadata'->>'tenant_id',
    (select u.raw_app_meta_data->>'tenant_id' from auth.users u where u.id = uid),
    'localhost'
  );
  select a.is_admin, a.kind into admin, what from public.accounts a where a.id = uid and a.tenant = tenant_name limit 1;
  claims := jsonb_set(claims, '{is_admin}', to_jsonb(coalesce(admin, false)), true);
  claims := jsonb_set(claims, '{tenant_id}', to_jsonb(tenant_name), true);
  if what is not null then
    claims := jsonb_set(claims, '{user_role}', to_jsonb(what), true);
  end if;
  claims := jsonb_set(claims, '{app_metadata,is_admin}', to_jsonb(coalesce(admin, false)), true);
  if what is not null then
    claims := jsonb_set(claims, '{app_metadata,user_role}', to_jsonb(what), true);
  end if;
  event := jsonb_set(event, '{claims}', claims, true);
  return event;
end;
$$;
