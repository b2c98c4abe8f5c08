create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare claims jsonb; r text; s text; sch text[];
begin
  select p.role, p.plan, array[p.plan, p.label] into r, s, sch from public.profiles p where p.id = (event->>'user_id')::uuid;
  claims := coalesce(event->'claims', '{}'::jsonb);
  if r is not null then
    claims := jsonb_set(claims, '{app_role}', to_jsonb(r));
    claims := jsonb_set(claims, '{plan}', coalesce(to_jsonb(s), 'null'::jsonb));
    claims := jsonb_set(claims, '{list}', coalesce(to_jsonb(case when sch is not null and array_length(sch, 1) >= 1 then sch
      when s is not null then array[s] else array[]::text[] end), '[]'::jsonb));
  end if;
  return jsonb_set(event, '{claims}', claims);
end;
$$;
