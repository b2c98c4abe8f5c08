create table public.teachers (id uuid primary key, kind text, school text, schools text[]);
insert into public.teachers values
  ('00000000-0000-0000-0000-0000000000a1', 'teacher', 's1', null),
  ('00000000-0000-0000-0000-0000000000a2', 'head', null, array['s1', 's2']),
  ('00000000-0000-0000-0000-0000000000a3', 'new', null, '{}');
grant select on public.teachers to supabase_auth_admin;
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable as $$
declare claims jsonb; r text; s text; list text[];
begin
  select kind, school, schools into r, s, list from public.teachers where id = (event->>'user_id')::uuid;
  claims := coalesce(event->'claims', '{}'::jsonb);
  if r is not null then
    claims := jsonb_set(claims, '{app_role}', to_jsonb(r));
    claims := jsonb_set(claims, '{school}', coalesce(to_jsonb(s), 'null'::jsonb));
    claims := jsonb_set(claims, '{schools}', coalesce(to_jsonb(
      case when list is not null and array_length(list, 1) >= 1 then list when s is not null then array[s] else array[]::text[] end), '[]'::jsonb));
  end if;
  return jsonb_set(event, '{claims}', claims);
end; $$;
