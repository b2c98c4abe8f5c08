create table public.people (
  id uuid primary key default gen_random_uuid(), login uuid unique, org uuid not null, kind public.user_role not null,
  customer uuid, active boolean not null default true
);
insert into public.people (login, org, kind, customer, active) values
  ('00000000-0000-0000-0000-0000000000a1', gen_random_uuid(), 'agent', null, true),
  ('00000000-0000-0000-0000-0000000000a2', gen_random_uuid(), 'client', gen_random_uuid(), true),
  ('00000000-0000-0000-0000-0000000000a3', gen_random_uuid(), 'client', null, false);
grant select on public.people to supabase_auth_admin;
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb;
  person record;
begin
  claims := event->'claims';
  select p.id as person_id, p.org, p.kind::text as kind, p.customer into person
    from public.people p where p.login = (event->>'user_id')::uuid and p.active limit 1;
  if found then
    claims := jsonb_set(claims, '{org}', to_jsonb(person.org::text));
    claims := jsonb_set(claims, '{app_role}', to_jsonb(person.kind));
    claims := jsonb_set(claims, '{person}', to_jsonb(person.person_id::text));
    if person.customer is not null then
      claims := jsonb_set(claims, '{customer}', to_jsonb(person.customer));
    end if;
  end if;
  event := jsonb_set(event, '{claims}', claims);
  return event;
end;
$$;
