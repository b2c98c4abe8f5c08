create table public.devices (device uuid primary key, active_role text);
grant select on public.devices to supabase_auth_admin;
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable as $$
declare
  claims jsonb;
  v_device text;
  v_role text;
begin
  claims := event -> 'claims';
  v_device := claims ->> 'device_id';
  if v_device is null then
    claims := jsonb_set(claims, '{active_role}', '"cashier"');
    return jsonb_build_object('claims', claims);
  end if;
  select active_role into v_role from public.devices where device = v_device::uuid;
  if v_role is null then
    v_role := 'cashier';
  end if;
  claims := jsonb_set(claims, '{active_role}', to_jsonb(v_role));
  return jsonb_build_object('claims', claims);
end;
$$;
