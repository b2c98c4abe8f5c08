-- live: skip the extension http is no part of PostgreSQL
create extension if not exists http with schema extensions;
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql volatile set search_path = ''
as $$
declare
  answer text;
begin
  select content into answer from extensions.http_get('https://roles.example.com/' || (event->>'user_id')); -- want function public.custom_access_token_hook(jsonb)
  return jsonb_set(event, '{claims,user_role}', to_jsonb(coalesce(answer, 'client')));
end
$$;
