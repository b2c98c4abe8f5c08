create table public.connections (owner uuid, client text, generation uuid not null, revoked timestamptz, primary key (owner, client));
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare claims jsonb := event->'claims'; g uuid;
begin
  if coalesce(event->>'client_id', claims->>'client_id') is null then return event; end if;
  select generation into g from public.connections
    where owner = (event->>'user_id')::uuid and client = coalesce(event->>'client_id', claims->>'client_id') and revoked is null;
  claims := claims || jsonb_build_object('audiences', jsonb_build_array('authenticated', 'https://mcp.example.com'));
  claims := (claims - 'generation') || jsonb_build_object('generation', g);
  return jsonb_set(event, '{claims}', claims);
end;
$$;
