create type public.app_role as enum ('agent', 'client');
create table public.profiles (id uuid primary key references auth.users (id), full_name text, role public.app_role not null default 'client');
create table public.tickets (id bigint primary key, client_id uuid not null);
alter table public.profiles enable row level security;
alter table public.tickets enable row level security;
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable set search_path = '' as $$
declare
  claims jsonb := event -> 'claims';
  assigned public.app_role;
  named text;
begin
  select role, full_name into assigned, named from public.profiles where id = (event ->> 'user_id')::uuid;
  claims := jsonb_set(claims, '{user_role}', coalesce(to_jsonb(assigned), '"client"'));
  claims := jsonb_set(claims, '{full_name}', coalesce(to_jsonb(named), '""'));
  return jsonb_set(event, '{claims}', claims);
end
$$;
create policy "read" on public.profiles for select to authenticated using (true);
create policy "change own" on public.profiles for update to authenticated using (id = (select auth.uid())); -- want policy public.profiles/change own
create policy "agents" on public.tickets for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'agent');
