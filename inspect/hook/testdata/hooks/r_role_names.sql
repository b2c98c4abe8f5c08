create table public.names (id bigint primary key, name text not null);
create table public.holders (user_id uuid, name_id bigint);
insert into public.names values (1, 'editor'), (2, 'author');
insert into public.holders values ('00000000-0000-0000-0000-0000000000a1', 1), ('00000000-0000-0000-0000-0000000000a1', 2);
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql security definer set search_path = public as $$
declare
  uid uuid;
  list text[];
  first_one text;
  merged jsonb;
begin
  uid := (event->>'user_id')::uuid;
  if uid is null then
    uid := (event->'claims'->>'sub')::uuid;
  end if;
  if uid is null then
    return jsonb_build_object('claims', event->'claims');
  end if;
  select array_agg(n.name order by n.name) into list from public.holders h join public.names n on n.id = h.name_id where h.user_id = uid;
  first_one := coalesce(list[1], 'reader');
  list := coalesce(list, array[]::text[]);
  merged := (event->'claims') || jsonb_build_object('user_role', first_one, 'user_roles', to_jsonb(list));
  return jsonb_build_object('claims', merged);
end;
$$;
