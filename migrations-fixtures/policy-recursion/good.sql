create schema private;
grant usage on schema private to authenticated;

create table public.profiles (id uuid primary key, is_admin boolean not null);
alter table public.profiles enable row level security;
revoke all on public.profiles from anon, authenticated;
grant select on public.profiles to authenticated;

-- A SECURITY DEFINER helper is not subject to the policy.
create function private.is_admin() returns boolean
language sql stable security definer set search_path = ''
as $$ select exists (select 1 from public.profiles where id = auth.uid() and is_admin) $$;
revoke execute on function private.is_admin() from public;
grant execute on function private.is_admin() to authenticated;
create policy "profiles are read by admins" on public.profiles
  for select to authenticated using (id = (select auth.uid()) or (select private.is_admin()));

-- One table asks another, which does not ask back.
create table public.teams (id bigint primary key);
create table public.members (team_id bigint references public.teams, user_id uuid, primary key (team_id, user_id));
create index members_user_id_idx on public.members (user_id);
alter table public.teams enable row level security;
alter table public.members enable row level security;
revoke all on public.teams, public.members from anon, authenticated;
grant select on public.teams, public.members to authenticated;
create policy "members are read by themselves" on public.members
  for select to authenticated using (user_id = (select auth.uid()));
create policy "teams are read by members" on public.teams
  for select to authenticated
  using (exists (select 1 from public.members as m where m.team_id = teams.id and m.user_id = (select auth.uid())));

-- An INSERT policy may read its own table when the SELECT policy does not.
create table public.votes (id bigint primary key, user_id uuid not null);
create index votes_user_id_idx on public.votes (user_id);
alter table public.votes enable row level security;
revoke all on public.votes from anon, authenticated;
grant select, insert on public.votes to authenticated;
create policy "votes are read by their owner" on public.votes
  for select to authenticated using (user_id = (select auth.uid()));
create policy "votes are cast once" on public.votes
  for insert to authenticated
  with check (user_id = (select auth.uid()) and not exists (select 1 from public.votes as v where v.user_id = (select auth.uid())));
