create table public.supers (user_id uuid primary key);
create table public.institutions (id bigint primary key, slug text not null, name text not null, status text not null);
create table public.institution_members (institution bigint, user_id uuid, kind public.user_role not null);
insert into public.supers values ('00000000-0000-0000-0000-0000000000a2');
insert into public.institutions values (1, 'x', 'X', 'active');
insert into public.institution_members values (1, '00000000-0000-0000-0000-0000000000a1', 'agent');
grant select on public.supers, public.institutions, public.institution_members to supabase_auth_admin;
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable set search_path = '' as $$
declare
  uid uuid := (event ->> 'user_id')::uuid;
  claims jsonb := coalesce(event -> 'claims', '{}'::jsonb);
  is_super boolean;
  list jsonb;
begin
  select exists (select 1 from public.supers where user_id = uid) into is_super;
  select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'slug', i.slug, 'role', m.kind) order by i.name), '[]'::jsonb) into list
    from public.institution_members m join public.institutions i on i.id = m.institution
    where m.user_id = uid and i.status in ('active', 'read_only');
  claims := jsonb_set(claims, '{platform_role}', case when is_super then '"super_admin"'::jsonb else 'null'::jsonb end);
  claims := jsonb_set(claims, '{institutions}', list);
  return jsonb_set(event, '{claims}', claims);
end;
$$;
