create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql set search_path = '' as $$
begin
  insert into public.audit (user_id) values ((event->>'user_id')::uuid);
  return event;
end;
$$;
