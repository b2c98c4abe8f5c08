create table public.held (user_id uuid, duty bigint, club bigint);
create table public.may (duty bigint, what text);
insert into public.held values ('00000000-0000-0000-0000-0000000000a1', 1, 5), ('00000000-0000-0000-0000-0000000000a1', 2, 6);
insert into public.may values (1, 'read'), (1, 'write'), (2, 'read');
grant select on public.held, public.may to supabase_auth_admin;
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql as $$
declare
  claims jsonb;
  me uuid;
  all_of_it jsonb;
  everywhere varchar[];
  by_club jsonb;
begin
  me := (event->>'user_id')::uuid;
  claims := event->'claims';
  if jsonb_typeof(claims->'app_metadata') is null then
    claims := jsonb_set(claims, '{app_metadata}', '{}');
  end if;
  select array_agg(distinct m.what) into everywhere from public.held h join public.may m on m.duty = h.duty where h.user_id = me;
  with grouped as (
    select h.club, array_agg(distinct m.what) as list from public.held h join public.may m on h.duty = m.duty where h.user_id = me group by h.club
  )
  select jsonb_object_agg(club, to_jsonb(list)) into by_club from grouped;
  all_of_it := jsonb_build_object('everywhere', everywhere, 'by_club', by_club);
  claims := jsonb_set(claims, '{app_metadata, permissions}', all_of_it);
  event := jsonb_set(event, '{claims}', claims);
  return event;
end;
$$;
