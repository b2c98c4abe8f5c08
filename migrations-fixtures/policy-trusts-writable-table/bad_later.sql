create table public.members (team bigint, user_id uuid, primary key (team, user_id));
create table public.notes (id bigint primary key, team bigint);
alter table public.notes enable row level security;
alter table public.members enable row level security;
create policy "team" on public.notes for select to authenticated using (team in (select team from public.members where user_id = (select auth.uid()))); -- want policy public.notes/team
create policy "read" on public.members for select to authenticated using (user_id = (select auth.uid()));
create policy "join" on public.members for insert to authenticated with check (team = 0);
alter policy "join" on public.members with check (true);
