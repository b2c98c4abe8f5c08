create table public.seats (user_id uuid, org uuid not null, kind text, at timestamptz default now(), primary key (user_id, org));
insert into public.seats values
  ('00000000-0000-0000-0000-0000000000a1', gen_random_uuid(), 'lead'),
  ('00000000-0000-0000-0000-0000000000a2', gen_random_uuid(), null);
grant select on public.seats to supabase_auth_admin;
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable as $$
declare
  claims jsonb;
  seat record;
begin
  claims := event->'claims';
  select s.org, s.kind into seat from public.seats s where s.user_id = (event->>'user_id')::uuid order by s.at asc limit 1;
  if seat is not null then
    claims := jsonb_set(claims, '{app_metadata}',
      coalesce(claims->'app_metadata', '{}'::jsonb) || jsonb_build_object('org_id', seat.org::text, 'org_role', seat.kind::text));
  end if;
  event := jsonb_set(event, '{claims}', claims);
  return event;
end;
$$;
