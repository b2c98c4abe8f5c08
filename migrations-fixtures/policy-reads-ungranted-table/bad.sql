create schema private;
create table private.members (user_id uuid, room bigint, primary key (user_id, room));
create table public.rooms (id bigint primary key);
alter table public.rooms enable row level security;
create policy "members read rooms" on public.rooms -- want policy public.rooms/members read rooms
  for select to authenticated using (id in (select room from private.members where user_id = (select auth.uid())));
