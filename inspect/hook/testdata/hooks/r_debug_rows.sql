create type public.permission as enum ('read', 'write');
create table public.project_members (project bigint, member uuid, kind public.user_role, permissions public.permission[], primary key (project, member));
create table public.current_projects (member uuid primary key, project bigint);
insert into public.current_projects values ('00000000-0000-0000-0000-0000000000a1', 1), ('00000000-0000-0000-0000-0000000000a2', 2);
insert into public.project_members values (1, '00000000-0000-0000-0000-0000000000a1', 'agent', '{read,write}');
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql security definer as $$
declare
  claims jsonb;
  user_id uuid;
  project_id bigint;
  kind public.user_role;
  list public.permission[];
  debug_row jsonb;
begin
  raise log 'the hook is called with event %', event;
  claims := event->'claims';
  user_id := (event->>'user_id')::uuid;
  select row_to_json(p)::jsonb into debug_row from public.current_projects p where p.member = user_id;
  raise log 'row: %', debug_row;
  select c.project, m.kind, m.permissions into project_id, kind, list
    from public.current_projects c left join public.project_members m on m.project = c.project and m.member = c.member where c.member = user_id;
  claims := jsonb_set(claims, '{project}', case when project_id is null then 'null'::jsonb else to_jsonb(project_id) end);
  claims := jsonb_set(claims, '{project_role}', coalesce(to_jsonb(kind), 'null'::jsonb));
  claims := jsonb_set(claims, '{permissions}', coalesce(to_jsonb(list), '[]'::jsonb));
  event := jsonb_set(event, '{claims}', claims);
  return event;
end;
$$;
