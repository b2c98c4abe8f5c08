create table public.members (email text primary key, roles text, status text);
insert into public.members values ('a1@example.com', 'admin,user', '2');
grant select on public.members to supabase_auth_admin;
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql as $$
declare
  claims jsonb;
  list text;
  standing text;
  address text;
begin
  if event is null or event->>'claims' is null then
    return event;
  end if;
  claims := event->'claims';
  address := coalesce(claims->'user_metadata'->>'email', '');
  begin
    select roles, status into list, standing from public.members where email = address;
    if not found then
      list := 'user';
      standing := '1';
    end if;
  exception when others then
    list := 'user';
    standing := '1';
  end;
  claims := claims - 'user_metadata';
  claims := jsonb_set(claims, '{user_roles}', to_jsonb(coalesce(list, 'user')));
  claims := jsonb_set(claims, '{user_status}', to_jsonb(coalesce(standing, '1')));
  return jsonb_set(event, '{claims}', claims);
end;
$$;
