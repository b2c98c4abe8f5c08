-- The portals choose their routes by the user_role claim.
create function public.custom_access_token_hook(event jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  claims jsonb := event->'claims';
  assigned public.user_role;
begin
  select p.role into assigned
  from public.profiles as p
  where p.id = (event->>'user_id')::uuid;

  if assigned is not null then
    if claims->'app_metadata' is null then
      claims := jsonb_set(claims, '{app_metadata}', '{}');
    end if;
    claims := jsonb_set(claims, '{user_role}', to_jsonb(assigned));
    claims := jsonb_set(claims, '{app_metadata,user_role}', to_jsonb(assigned));
  end if;

  return jsonb_set(event, '{claims}', claims);
end;
$$;

grant usage on schema public to supabase_auth_admin;
grant execute on function public.custom_access_token_hook(jsonb) to supabase_auth_admin;

grant select on public.profiles to supabase_auth_admin;

create policy "profiles are read by the hook"
  on public.profiles for select to supabase_auth_admin
  using (true);
