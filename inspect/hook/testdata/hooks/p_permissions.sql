create table public.role_permissions (role public.user_role, permission text not null check (permission in ('read', 'write')), primary key (role, permission));
insert into public.role_permissions values ('agent', 'read'), ('admin', 'read'), ('admin', 'write');
grant select on public.role_permissions to supabase_auth_admin;
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb;
  user_role text;
  perms text[];
begin
  select p.role into user_role from public.profiles p where p.id = (event->>'user_id')::uuid;
  select array_agg(rp.permission::text) into perms from public.role_permissions rp where rp.role::text = user_role;
  claims := event->'claims';
  if user_role is not null then
    claims := jsonb_set(claims, '{user_role}', to_jsonb(user_role));
    claims := jsonb_set(claims, '{permissions}', to_jsonb(perms));
  else
    claims := jsonb_set(claims, '{user_role}', 'null');
  end if;
  return jsonb_set(event, '{claims}', claims);
end;
$$;
