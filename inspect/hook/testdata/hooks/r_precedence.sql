create table public.staff (login uuid, kind public.user_role not null, salon uuid not null, active boolean not null);
create table public.bound (login uuid primary key, salon uuid not null);
create table public.operators (id uuid primary key, active boolean not null);
insert into public.staff values ('00000000-0000-0000-0000-0000000000a1', 'agent', gen_random_uuid(), true);
insert into public.bound values ('00000000-0000-0000-0000-0000000000a2', gen_random_uuid());
insert into public.operators values ('00000000-0000-0000-0000-0000000000a3', true);
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  uid uuid;
  claims jsonb;
  what text;
  salon uuid;
begin
  uid := (event ->> 'user_id')::uuid;
  claims := coalesce(event -> 'claims', '{}'::jsonb);
  select s.kind::text, s.salon into what, salon from public.staff s where s.login = uid and s.active limit 1;
  if what is null then
    select 'customer', b.salon into what, salon from public.bound b where b.login = uid;
  end if;
  if what is null and exists (select 1 from public.operators where id = uid and active) then
    what := 'operator';
    salon := null;
  end if;
  what := coalesce(what, 'unbound');
  claims := jsonb_set(claims, '{app_role}', to_jsonb(what));
  if salon is not null then
    claims := jsonb_set(claims, '{salon}', to_jsonb(salon::text));
  else
    claims := claims - 'salon';
  end if;
  return jsonb_set(event, '{claims}', claims);
end;
$$;
