create table public.tenants (id uuid primary key, status text not null, gone timestamptz, demo boolean);
create table public.memberships (user_id uuid, tenant uuid references public.tenants, kind text not null, active boolean not null, at timestamptz default now());
create table public.sessions (user_id uuid primary key, tenant uuid, version integer not null default 1);
insert into public.tenants values ('00000000-0000-0000-0000-0000000000b1', 'open', null, false);
insert into public.memberships values ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000b1', 'boss', true);
insert into public.sessions values ('00000000-0000-0000-0000-0000000000a1', null, 3);
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  claims jsonb := coalesce(event->'claims', '{}'::jsonb);
  uid uuid := (event->>'user_id')::uuid;
  current uuid;
  m record;
begin
  select s.tenant into current from public.sessions s where s.user_id = uid;
  select ms.tenant, ms.kind, t.status, t.demo into m
    from public.memberships ms join public.tenants t on t.id = ms.tenant
    where ms.user_id = uid and ms.active and (current is null or ms.tenant = current) and t.status = 'open' and t.gone is null
    order by (ms.tenant = current) desc, ms.at limit 1;
  if m.tenant is null then
    return jsonb_set(event, '{claims}', claims || jsonb_build_object('tenant_id', null));
  end if;
  claims := claims || jsonb_build_object('tenant_id', m.tenant, 'app_role', m.kind, 'demo', m.demo,
    'sv', (select s.version from public.sessions s where s.user_id = uid));
  return jsonb_set(event, '{claims}', claims);
end;
$$;
