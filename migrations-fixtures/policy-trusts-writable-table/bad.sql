create table public.members (team bigint, user_id uuid, primary key (team, user_id));
create table public.notes (id bigint primary key, team bigint);
alter table public.notes enable row level security;
create policy "team" on public.notes -- want policy public.notes/team
  for select to authenticated using (exists (
    select 1 from public.members m where m.team = notes.team and m.user_id = (select auth.uid())));
