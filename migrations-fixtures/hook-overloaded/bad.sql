create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return event;
end
$$;
create function public.custom_access_token_hook(event json) returns json -- want function public.custom_access_token_hook
language plpgsql stable set search_path = ''
as $$
begin
  return event;
end
$$;
