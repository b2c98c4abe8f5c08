create table public.members (user_id uuid primary key);
create table public.rooms (id bigint primary key);
alter table public.rooms enable row level security;
do $do$
begin
  create function public.is_member() returns boolean language plpgsql stable security definer set search_path = '' -- want function public.is_member()
  as $$ begin return exists (select 1 from members where user_id = auth.uid()); end $$;
  create policy "members read rooms" on public.rooms for select to authenticated using ((select public.is_member()));
end
$do$;
