create table public.duties (id bigint generated always as identity primary key, user_id uuid not null, tenant uuid not null, property uuid, duty bigint, status text not null, at timestamptz default now());
create table public.duty_names (id bigint primary key, key text not null);
create table public.tenants (id uuid primary key, status public.user_role);
insert into public.duty_names values (1, 'desk'), (2, 'clean');
insert into public.tenants values ('00000000-0000-0000-0000-0000000000b1', 'agent');
insert into public.duties (user_id, tenant, property, duty, status) values
  ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000b1', null, 1, 'active'),
  ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000b1', gen_random_uuid(), 2, 'active');
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql security definer set search_path = public as $$
declare
  claims jsonb;
  uid uuid := (event ->> 'user_id')::uuid;
  tenant_id uuid;
  properties uuid[];
  names text[];
  standing text;
begin
  select d.tenant into tenant_id from duties d where d.user_id = uid and d.status = 'active' order by d.at limit 1;
  if tenant_id is not null then
    select coalesce(array_agg(distinct d.property) filter (where d.property is not null), '{}') into properties
      from duties d where d.user_id = uid and d.tenant = tenant_id and d.status = 'active';
    select coalesce(array_agg(distinct n.key), '{}') into names
      from duties d join duty_names n on n.id = d.duty where d.user_id = uid and d.tenant = tenant_id;
    select t.status::text into standing from tenants t where t.id = tenant_id;
  end if;
  claims := coalesce(event -> 'claims', '{}'::jsonb);
  claims := jsonb_set(claims, '{tenant_id}', coalesce(to_jsonb(tenant_id), 'null'::jsonb));
  claims := jsonb_set(claims, '{properties}', coalesce(to_jsonb(properties), '[]'::jsonb));
  claims := jsonb_set(claims, '{duties}', coalesce(to_jsonb(names), '[]'::jsonb));
  claims := jsonb_set(claims, '{plan}', 'null'::jsonb);
  claims := jsonb_set(claims, '{tenant_status}', to_jsonb(standing));
  return jsonb_set(event, '{claims}', claims);
end;
$$;
