create table public.members (user_id uuid, room bigint, primary key (user_id, room));
alter table public.members enable row level security;
create table public.halls (id bigint primary key);
alter table public.halls enable row level security;
create policy "everyone" on public.halls for select using (true);
create table public.rooms (id bigint primary key, owner_id uuid);
alter table public.rooms enable row level security;
do $$
begin
  execute 'revoke select on public.members from authenticated';
  create policy "members read rooms" on public.rooms for select to authenticated -- want policy public.rooms/members read rooms
    using (exists (select 1 from public.halls h left join public.members m on m.room = h.id where m.user_id = (select auth.uid())));
end
$$;
