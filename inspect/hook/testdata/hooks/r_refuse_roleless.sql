create table public.team (user_id uuid, kind text);
insert into public.team values ('00000000-0000-0000-0000-0000000000a1', 'host'), ('00000000-0000-0000-0000-0000000000a2', 'guest');
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable security definer set search_path = public as $$
declare
  uid uuid := nullif(event->>'user_id', '')::uuid;
begin
  if uid is not null and exists (select 1 from public.team where user_id = uid and kind in ('staff', 'host')) then
    return jsonb_build_object('claims', event->'claims');
  end if;
  return jsonb_build_object('error', jsonb_build_object('http_code', 403, 'message', 'For staff only.'));
end;
$$;
