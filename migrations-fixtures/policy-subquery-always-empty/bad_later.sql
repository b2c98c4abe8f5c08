create table public.members (user_id uuid, room bigint, primary key (room, user_id));
create table public.rooms (id bigint primary key, name text);
alter table public.rooms enable row level security;
create function public.my_rooms() returns setof bigint language sql stable set search_path = ''
  as $$ select room from public.members where user_id = auth.uid() $$;
create policy "rooms are changed by members" on public.rooms -- want policy public.rooms/rooms are changed by members
  for update to authenticated using (id in (select public.my_rooms())) with check (true);

do $$
begin
  alter table public.members enable row level security;
  create policy "the hook reads" on public.members for select to supabase_auth_admin using (true);
end
$$;
