create function public.current_org() returns text language sql immutable set search_path = '' -- want function public.current_org()
as $$ select auth.jwt() ->> 'org_id' $$;

create function public.is_mine(owner uuid) returns boolean language plpgsql immutable set search_path = '' as $$ -- want function public.is_mine(uuid)
begin
  if owner is null then
    return false;
  end if;
  return owner = auth.uid();
end
$$;
