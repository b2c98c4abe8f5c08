create schema private;
grant usage on schema private to authenticated;
create table public.members (user_id uuid primary key);
alter table public.members enable row level security;
create policy "own" on public.members for select to authenticated using (user_id = (select auth.uid()));
create function private.is_member() returns boolean -- want function private.is_member()
language plpgsql stable security definer set search_path = ''
as $$ begin return exists (select 1 from members where user_id = auth.uid()); end $$;
create table public.rooms (id bigint primary key);
alter table public.rooms enable row level security;
create policy "members read rooms" on public.rooms for select to authenticated using ((select private.is_member()));
