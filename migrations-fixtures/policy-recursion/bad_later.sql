-- Two tables that ask each other.
create table public.teams (id bigint primary key, owner_id uuid);
create table public.members (team_id bigint, user_id uuid, primary key (team_id, user_id));
alter table public.teams enable row level security;
alter table public.members enable row level security;

create policy "members are read by the team" on public.members -- want policy public.members/members are read by the team
  for select to authenticated
  using (exists (select 1 from public.teams as t where t.id = team_id and t.owner_id = (select auth.uid())));

create policy "teams are read by members" on public.teams
  for select to authenticated
  using (exists (select 1 from public.members as m where m.team_id = id and m.user_id = (select auth.uid())));
