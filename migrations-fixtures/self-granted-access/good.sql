-- The column is not granted.
create table public.profiles (id uuid primary key references auth.users (id), name text, role text not null default 'client');
create table public.tickets (id bigint primary key, client_id uuid not null);
alter table public.profiles enable row level security;
alter table public.tickets enable row level security;
revoke all on public.profiles, public.tickets from anon, authenticated;
grant select, update (name) on public.profiles to authenticated;
grant select on public.tickets to authenticated;
create policy "read own" on public.profiles for select to authenticated using (id = (select auth.uid()));
create policy "change own" on public.profiles for update to authenticated using (id = (select auth.uid()));
create policy "staff" on public.tickets for select to authenticated
  using (exists (select 1 from public.profiles p where p.id = (select auth.uid()) and p.role = 'agent'));

-- The check holds it, or a trigger does.
create table public.accounts (id uuid primary key references auth.users (id), plan text not null default 'free', name text);
create table public.seats (user_id uuid primary key references auth.users (id), level text not null, note text);
create table public.exports (id bigint primary key);
create table public.reports (id bigint primary key);
alter table public.accounts enable row level security;
alter table public.seats enable row level security;
alter table public.exports enable row level security;
alter table public.reports enable row level security;
revoke all on public.accounts, public.seats, public.exports, public.reports from anon, authenticated;
grant select, update on public.accounts, public.seats to authenticated;
grant select on public.exports, public.reports to authenticated;
create function public.my_plan() returns text language sql stable security definer set search_path = ''
as $$ select plan from public.accounts where id = auth.uid() $$;
revoke execute on function public.my_plan() from public, anon;
create policy "read" on public.accounts for select to authenticated using (id = (select auth.uid()));
create policy "change" on public.accounts for update to authenticated
  using (id = (select auth.uid())) with check (id = (select auth.uid()) and plan = (select public.my_plan()));
create policy "who pays" on public.exports for select to authenticated
  using (exists (select 1 from public.accounts a where a.id = (select auth.uid()) and a.plan in ('pro', 'team')));
create schema internal;
create function internal.keep_level() returns trigger language plpgsql set search_path = '' as $$
begin
  new.level := old.level;
  return new;
end
$$;
create trigger keep_level before update on public.seats for each row execute function internal.keep_level();
create policy "read" on public.seats for select to authenticated using (user_id = (select auth.uid()));
create policy "note" on public.seats for update to authenticated using (user_id = (select auth.uid()));
create policy "high" on public.reports for select to authenticated
  using ((select s.level from public.seats s where s.user_id = (select auth.uid())) = 'high');

-- A membership asks for an invitation; a row that is owned is there once.
create table public.teams (id uuid primary key default gen_random_uuid(), owner_id uuid not null references auth.users (id));
create index on public.teams (owner_id);
create table public.invitations (id bigint primary key, team_id uuid not null references public.teams (id), user_id uuid not null references auth.users (id));
create index on public.invitations (team_id);
create index on public.invitations (user_id);
create table public.members (team_id uuid references public.teams (id), user_id uuid references auth.users (id), primary key (user_id, team_id));
create index on public.members (team_id);
create table public.plans (id bigint primary key, team_id uuid not null references public.teams (id));
create index on public.plans (team_id);
alter table public.teams enable row level security;
alter table public.invitations enable row level security;
alter table public.members enable row level security;
alter table public.plans enable row level security;
revoke all on public.teams, public.invitations, public.members, public.plans from anon, authenticated;
grant select, insert on public.teams, public.members to authenticated;
grant select on public.invitations, public.plans to authenticated;
create policy "found" on public.teams for insert to authenticated with check (owner_id = (select auth.uid()));
create policy "founded" on public.teams for select to authenticated using (owner_id = (select auth.uid()));
create policy "invited" on public.invitations for select to authenticated using (user_id = (select auth.uid()));
create policy "belong" on public.members for select to authenticated using (user_id = (select auth.uid()));
create policy "join" on public.members for insert to authenticated with check (
  user_id = (select auth.uid()) and exists (
    select 1 from public.invitations i where i.team_id = members.team_id and i.user_id = (select auth.uid())));
create policy "members or founder" on public.plans for select to authenticated using (
  team_id in (select m.team_id from public.members m where m.user_id = (select auth.uid()))
  or exists (select 1 from public.teams t where t.id = plans.team_id and t.owner_id = (select auth.uid())));

-- Whom one follows is one's own to say; and whom one has blocked takes away.
create table public.follows (who uuid references auth.users (id), whom uuid references auth.users (id), primary key (who, whom));
create index on public.follows (whom);
create table public.blocks (who uuid references auth.users (id), word text, primary key (who, word));
create table public.posts (id bigint primary key, author_id uuid not null references auth.users (id), word text);
create index on public.posts (author_id);
alter table public.follows enable row level security;
alter table public.blocks enable row level security;
alter table public.posts enable row level security;
revoke all on public.follows, public.blocks, public.posts from anon, authenticated;
grant select, insert on public.follows, public.blocks to authenticated;
grant select on public.posts to authenticated;
create policy "own" on public.follows for select to authenticated using (who = (select auth.uid()));
create policy "follow" on public.follows for insert to authenticated with check (who = (select auth.uid()));
create policy "own" on public.blocks for select to authenticated using (who = (select auth.uid()));
create policy "block" on public.blocks for insert to authenticated with check (who = (select auth.uid()));
create policy "followed" on public.posts for select to authenticated using (
  exists (select 1 from public.follows f where f.who = (select auth.uid()) and f.whom = posts.author_id)
  and not exists (select 1 from public.blocks b where b.who = (select auth.uid()) and b.word = posts.word));

-- What counts stays as it is.
create table public.firms (id bigint primary key);
create table public.staff (user_id uuid primary key references auth.users (id), name text, firm_id bigint not null references public.firms (id), role text not null default 'clerk');
create index on public.staff (firm_id);
create table public.salaries (id bigint primary key, firm_id bigint not null references public.firms (id));
create index on public.salaries (firm_id);
alter table public.firms enable row level security;
alter table public.staff enable row level security;
alter table public.salaries enable row level security;
revoke all on public.firms, public.staff, public.salaries from anon, authenticated;
grant select, update on public.staff to authenticated;
grant select on public.salaries to authenticated;
create function public.firm() returns bigint language sql stable security definer set search_path = '' as
  'select s.firm_id from public.staff s where s.user_id = (select auth.uid())';
create function public.rank() returns text language sql stable security definer set search_path = '' as
  'select s.role from public.staff s where s.user_id = (select auth.uid())';
create policy "colleagues" on public.staff for select to authenticated using (firm_id = (select public.firm()));
create policy "change own" on public.staff for update to authenticated using (user_id = (select auth.uid()))
  with check (user_id = (select auth.uid()) and firm_id = (select public.firm()) and role = (select public.rank()));
create policy "chiefs" on public.salaries for select to authenticated
  using (exists (select 1 from public.staff s where s.user_id = (select auth.uid()) and s.firm_id = salaries.firm_id and s.role = 'chief'));
