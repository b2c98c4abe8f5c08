create procedure public.custom_access_token_hook(event jsonb)
language plpgsql as $$
begin
  null;
end;
$$;
