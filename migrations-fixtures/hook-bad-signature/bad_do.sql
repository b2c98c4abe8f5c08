do $$
begin
  execute 'create function public.custom_access_token_hook(event text) returns text language sql as $sql$ select event $sql$'; -- want function public.custom_access_token_hook(text)
end
$$;
