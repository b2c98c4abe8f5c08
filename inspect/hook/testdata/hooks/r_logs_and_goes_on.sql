create table public."User" (id uuid primary key, "role" text not null, "adminRole" text);
create table public."Member" ("userId" uuid, slug text not null, "isActive" boolean not null);
insert into public."User" values ('00000000-0000-0000-0000-0000000000a1', 'OWNER', null);
insert into public."Member" values ('00000000-0000-0000-0000-0000000000a1', 'x', true), ('00000000-0000-0000-0000-0000000000a1', 'y', true);
grant select on public."User", public."Member" to supabase_auth_admin;
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable as $$
declare
  claims jsonb;
  uid uuid;
  kind text;
  admin_kind text;
  slugs text[];
  meta jsonb;
begin
  claims := event->'claims';
  select u.id, u."role", u."adminRole" into uid, kind, admin_kind from public."User" u where u.id = (event->>'user_id')::uuid limit 1;
  if uid is not null then
    select array_agg(m.slug order by m.slug asc) into slugs from public."Member" m where m."userId" = uid and m."isActive" = true;
    meta := coalesce(claims->'app_metadata', '{}'::jsonb)
      || jsonb_build_object('dbUserId', uid, 'role', kind, 'adminRole', admin_kind, 'slugs', coalesce(to_jsonb(slugs), '[]'::jsonb));
    claims := claims || jsonb_build_object('app_metadata', meta);
  end if;
  return jsonb_build_object('claims', claims);
exception
  when others then
    raise log 'the hook failed: %', sqlerrm;
    return jsonb_build_object('claims', event->'claims');
end;
$$;
