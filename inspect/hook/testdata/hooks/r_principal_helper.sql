create schema app;
create table public.principals (user_id uuid primary key, tenant uuid not null, kind text not null, team uuid, mfa boolean not null);
insert into public.principals values ('00000000-0000-0000-0000-0000000000a1', gen_random_uuid(), 'trainer', null, true);
grant usage on schema app to supabase_auth_admin;
grant select on public.principals to supabase_auth_admin;
create function app.principal_claims(who uuid) returns jsonb language plpgsql stable set search_path = '' as $fn$
declare
  m record;
begin
  select p.tenant, p.kind, p.team, p.mfa into m from public.principals p where p.user_id = who;
  if m.tenant is null then
    return jsonb_build_object('tenant_id', null, 'app_role', null, 'actor_kind', 'HUMAN');
  end if;
  return jsonb_build_object('tenant_id', m.tenant, 'app_role', m.kind, 'actor_kind', 'HUMAN', 'team_id', m.team, 'mfa_required', m.mfa);
end;
$fn$;
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable security invoker set search_path = '' as $fn$
declare
  claims jsonb := coalesce(event -> 'claims', '{}'::jsonb);
begin
  claims := claims || app.principal_claims((event ->> 'user_id')::uuid);
  return jsonb_set(event, '{claims}', claims);
end;
$fn$;
