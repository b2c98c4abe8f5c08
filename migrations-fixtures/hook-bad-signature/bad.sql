create function public.custom_access_token_hook(event jsonb, extra text) returns jsonb -- want function public.custom_access_token_hook(jsonb,text)
language plpgsql stable set search_path = ''
as $$
begin
  return event;
end
$$;
