create table public.teams (id bigint primary key, name text not null);
insert into public.teams values (7, 'blue');
grant select on public.teams to supabase_auth_admin;
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event->'claims';
  team text;
  r text;
begin
  select p.role::text, t.name into r, team from public.profiles p left join public.teams t on t.id = p.team_id
  where p.id = (event->>'user_id')::uuid;
  claims := claims || jsonb_strip_nulls(jsonb_build_object('user_role', r, 'team', team));
  return jsonb_set(event, '{claims}', claims);
end;
$$;
