create type public.user_role as enum ('client', 'agent');
create table public.users (id uuid primary key, role public.user_role not null);
alter table public.users enable row level security;
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable set search_path = '' as $$
declare
  r text;
begin
  select u.role::text into r from public.users u where u.id = (event ->> 'user_id')::uuid;
  return jsonb_set(event, '{claims,user_role}', coalesce(to_jsonb(r), 'null'));
end
$$;

-- A policy there is, but none of the users has such a role.
create table public.tickets (id bigint primary key);
alter table public.tickets enable row level security;
create policy "tickets are read by staff" on public.tickets
  for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'staff');
alter publication supabase_realtime add table public.tickets; -- want table public.tickets
