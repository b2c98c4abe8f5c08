create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return event;
end
$$;
do $$
begin
  execute 'create function public.custom_access_token_hook(event json) returns json language sql as $sql$ select event $sql$'; -- want function public.custom_access_token_hook
end
$$;
