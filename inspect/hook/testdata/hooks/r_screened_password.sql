create table public.screened (account uuid primary key, print text not null);
insert into auth.users (id, encrypted_password) values ('00000000-0000-0000-0000-0000000000a1', 'x'), ('00000000-0000-0000-0000-0000000000a2', 'y');
insert into public.screened values ('00000000-0000-0000-0000-0000000000a1', encode(sha256(convert_to('x', 'UTF8')), 'hex'));
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  uid uuid;
  stored text;
  fp text;
begin
  if coalesce(event->>'authentication_method', '') <> 'password' then
    return jsonb_build_object('claims', event->'claims');
  end if;
  uid := (event->>'user_id')::uuid;
  select u.encrypted_password into stored from auth.users u where u.id = uid;
  select s.print into fp from public.screened s where s.account = uid;
  if coalesce(stored, '') <> '' and fp = encode(sha256(convert_to(stored, 'UTF8')), 'hex') then
    return jsonb_build_object('claims', event->'claims');
  end if;
  return jsonb_build_object('error', jsonb_build_object('http_code', 403, 'message', 'Not screened.'));
end;
$$;
