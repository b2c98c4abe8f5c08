create table public.portal_users (user_id uuid primary key, kind text not null, company uuid, venue uuid, partner text);
create table public.approvers (company uuid, user_id uuid);
insert into public.portal_users values
  ('00000000-0000-0000-0000-0000000000a1', 'CLIENT', gen_random_uuid(), null, null),
  ('00000000-0000-0000-0000-0000000000a2', 'PARTNER', null, null, 'x');
grant select on public.portal_users, public.approvers to supabase_auth_admin;
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := coalesce(event -> 'claims', '{}'::jsonb);
  meta jsonb := coalesce(claims -> 'app_metadata', '{}'::jsonb);
  member public.portal_users%rowtype;
  approves boolean;
begin
  select * into member from public.portal_users where user_id = (event ->> 'user_id')::uuid;
  if not found then
    meta := meta - 'portal';
  else
    select exists (select 1 from public.approvers a where a.company = member.company and a.user_id = member.user_id) into approves;
    meta := meta || jsonb_build_object('portal', jsonb_strip_nulls(jsonb_build_object(
      'v', 1, 'role', member.kind, 'company', member.company, 'venue', member.venue, 'partner', member.partner,
      'approves', member.kind = 'CLIENT' and approves)));
  end if;
  return jsonb_set(event, '{claims}', jsonb_set(claims, '{app_metadata}', meta));
end;
$$;
