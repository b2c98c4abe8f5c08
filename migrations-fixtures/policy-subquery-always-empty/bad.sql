create table public.members (user_id uuid, room bigint, primary key (room, user_id));
alter table public.members enable row level security;
create table public.rooms (id bigint primary key);
alter table public.rooms enable row level security;
create policy "rooms are read by members" on public.rooms -- want policy public.rooms/rooms are read by members
  for select to authenticated using (exists (select 1 from public.members m where m.room = rooms.id and m.user_id = (select auth.uid())));
