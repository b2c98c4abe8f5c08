-- Each user makes themselves a member of any team, as an owner if need be.
create table public.teams (id uuid primary key default gen_random_uuid(), name text);
create table public.members (team_id uuid references public.teams (id), user_id uuid references auth.users (id), role text not null default 'member', primary key (team_id, user_id));
create table public.invitations (id bigint primary key, team_id uuid references public.teams (id), email text);
alter table public.teams enable row level security;
alter table public.members enable row level security;
alter table public.invitations enable row level security;
create function public.is_member(t uuid) returns boolean language sql stable security definer set search_path = ''
as $$ select exists (select 1 from public.members where team_id = t and user_id = auth.uid()) $$;
create policy "theirs" on public.teams for select to authenticated using (public.is_member(id));
create policy "of the team" on public.members for select to authenticated using (public.is_member(team_id));
create policy "join" on public.members for insert to authenticated
  with check (user_id = (select auth.uid()) and exists (select 1 from public.invitations i where i.team_id = members.team_id and i.email = (select auth.email())));
create policy "owners" on public.invitations for all to authenticated
  using (team_id in (select m.team_id from public.members m where m.user_id = (select auth.uid()) and m.role in ('owner', 'admin')));
drop policy "join" on public.members;
create policy "join" on public.members for insert with check (auth.uid() = user_id or (select auth.jwt() ->> 'user_role') = 'admin'); -- want policy public.members/join
-- A company that stands in the profile.
create table public.profiles (id uuid primary key references auth.users (id), company text);
create table public.invoices (id bigint primary key, company text not null);
alter table public.profiles enable row level security;
alter table public.invoices enable row level security;
create function public.my_company() returns text language sql stable security definer set search_path = ''
as $$ select company from public.profiles where id = auth.uid() $$;
create policy "own" on public.profiles for all to authenticated using (id = (select auth.uid())); -- want policy public.profiles/own
create policy "of the company" on public.invoices for select to authenticated using (company = (select public.my_company()));
