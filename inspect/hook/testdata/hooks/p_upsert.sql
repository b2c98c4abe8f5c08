create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  seen public.audit%rowtype;
  n bigint;
begin
  insert into public.audit (user_id) values ((event->>'user_id')::uuid) returning * into seen;
  get diagnostics n = row_count;
  raise log 'seen % (%)', seen.id, n;
  return jsonb_set(event, '{claims,audit}', to_jsonb(seen.id));
exception
  when insufficient_privilege or undefined_table then
    raise warning 'no audit: %', sqlerrm;
    return event;
end;
$$;
