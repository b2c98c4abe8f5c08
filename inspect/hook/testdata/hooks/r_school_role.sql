create table public.pupils (id uuid primary key, kind text not null, school uuid, class bigint, active boolean not null default true);
insert into public.pupils values ('00000000-0000-0000-0000-0000000000a1', 'teacher', gen_random_uuid(), 4), ('00000000-0000-0000-0000-0000000000a2', 'pupil', null, null);
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable security definer set search_path = public as $$
declare
  claims jsonb;
  found_one record;
begin
  select kind, school, class, active into found_one from public.pupils where id = (event ->> 'user_id')::uuid;
  claims := event -> 'claims';
  if found_one is not null then
    claims := jsonb_set(claims, '{role}', to_jsonb(found_one.kind));
    claims := jsonb_set(claims, '{school}', to_jsonb(coalesce(found_one.school::text, '')));
    claims := jsonb_set(claims, '{class}', to_jsonb(coalesce(found_one.class::text, '')));
    claims := jsonb_set(claims, '{active}', to_jsonb(found_one.active));
  end if;
  return jsonb_set(event, '{claims}', claims);
end;
$$;
