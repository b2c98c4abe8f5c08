create procedure public.custom_access_token_hook(event jsonb) -- want function public.custom_access_token_hook(jsonb)
language plpgsql
as $$
begin
  raise notice '%', event;
end
$$;
