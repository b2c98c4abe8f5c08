create schema private;
create table private.roles (user_id uuid primary key, role text not null);
create table private.seen (user_id uuid not null);
grant select on private.roles to supabase_auth_admin;
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql volatile set search_path = ''
as $$
declare
  assigned text;
begin
  select r.role into assigned from private.roles r where r.user_id = (event->>'user_id')::uuid; -- want table private.roles
  insert into private.seen (user_id) values ((event->>'user_id')::uuid); -- want table private.seen
  return jsonb_set(event, '{claims,user_role}', to_jsonb(coalesce(assigned, 'client')));
end
$$;
do $$
begin
  execute 'revoke all on all tables in schema private from supabase_auth_admin';
end
$$;
