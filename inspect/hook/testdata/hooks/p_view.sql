create view public.staff with (security_invoker = true) as
  select p.id, p.role, p.is_admin from public.profiles p where p.role in ('agent', 'admin');
create view public.all_locked as select l.id, l.role from public.locked l;
grant select on public.staff, public.all_locked to supabase_auth_admin;
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event->'claims';
  r text;
begin
  select s.role into r from public.staff s where s.id = (event->>'user_id')::uuid;
  claims := claims || jsonb_build_object('staff_role', r, 'locked_role', (select a.role from public.all_locked a where a.id = (event->>'user_id')::uuid));
  return jsonb_set(event, '{claims}', claims);
end;
$$;
