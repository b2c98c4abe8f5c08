create table public.rooms (id bigint primary key, owner uuid);
alter table public.rooms enable row level security;
do $$
begin
  create policy "rooms are read by their owner" on public.rooms -- want policy public.rooms/rooms are read by their owner
    for select to authenticated using (exists (select 1 from public.rooms r where r.owner = (select auth.uid())));
end
$$;
alter publication supabase_realtime add table public.rooms;
