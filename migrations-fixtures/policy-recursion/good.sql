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

-- An INSERT policy may read its own table when no SELECT policy has a sub-select.
create table public.votes (id bigint primary key, user_id uuid not null, counted boolean not null);
create index votes_user_id_idx on public.votes (user_id);
alter table public.votes enable row level security;
revoke all on public.votes from anon, authenticated;
grant select, insert on public.votes to authenticated;
create policy "counted votes are read by everyone" on public.votes
  for select to authenticated using (counted);
create policy "votes are cast once" on public.votes
  for insert to authenticated
  with check (user_id = (select auth.uid()) and not exists (select 1 from public.votes as v where v.user_id = (select auth.uid())));

-- Or a helper may read it, whatever the SELECT policy has.
create table public.seats (id bigint primary key, user_id uuid not null);
create index seats_user_id_idx on public.seats (user_id);
alter table public.seats enable row level security;
revoke all on public.seats from anon, authenticated;
grant select, insert, delete on public.seats to authenticated;
create function private.has_seat() returns boolean
language sql stable security definer set search_path = ''
as $$ select exists (select 1 from public.seats where user_id = auth.uid()) $$;
revoke execute on function private.has_seat() from public;
grant execute on function private.has_seat() to authenticated;
create policy "seats are their owner's" on public.seats
  for all to authenticated
  using (user_id = (select auth.uid()))
  with check (user_id = (select auth.uid()) and not (select private.has_seat()));

-- A function that reads the table is a query of its own, as long as the SELECT policy does not call it.
create table public.bids (id bigint primary key, user_id uuid not null);
create index bids_user_id_idx on public.bids (user_id);
alter table public.bids enable row level security;
revoke all on public.bids from anon, authenticated;
grant select, insert on public.bids to authenticated;
create function public.bids_left() returns boolean
language sql stable set search_path = ''
as $$ select count(*) < 5 from public.bids where user_id = auth.uid() $$;
create policy "bids are read by their owner" on public.bids
  for select to authenticated using (user_id = (select auth.uid()));
create policy "five bids each" on public.bids
  for insert to authenticated with check (user_id = (select auth.uid()) and (select public.bids_left()));
