create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event->'claims';
  key text;
  i int := 0;
begin
  foreach key in array array['user_metadata', 'amr', 'phone_confirmed'] loop
    claims := claims - key;
  end loop;
  while i < 3 loop
    i := i + 1;
    continue when i = 2;
    claims := jsonb_set(claims, array['step_' || i], to_jsonb(i));
  end loop;
  <<outer>>
  for j in 1..2 loop
    for k in 1..2 loop
      exit outer when j = 1 and k = 2;
      claims := claims || jsonb_build_object('pair', j * 10 + k);
    end loop;
  end loop;
  return jsonb_build_object('claims', claims);
end;
$$;
