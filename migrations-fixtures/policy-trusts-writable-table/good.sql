create table public.members (team bigint, user_id uuid, primary key (team, user_id));
create index on public.members (user_id);
alter table public.members enable row level security;
revoke all on public.members from anon, authenticated;
grant select, delete on public.members to authenticated;
create policy "read" on public.members for select to authenticated using (user_id = (select auth.uid()));
create policy "leave" on public.members for delete to authenticated using (user_id = (select auth.uid()));
create table public.notes (id bigint primary key, team bigint not null);
create index on public.notes (team);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
grant select on public.notes to authenticated;
create policy "team" on public.notes for select to authenticated using (team in (select m.team from public.members m where m.user_id = (select auth.uid())));

-- Clients add rows, but their own only.
create table public.follows (who uuid, whom uuid, primary key (who, whom));
create index on public.follows (whom);
alter table public.follows enable row level security;
revoke all on public.follows from anon, authenticated;
grant select, insert on public.follows to authenticated;
create policy "own" on public.follows for select to authenticated using (who = (select auth.uid()));
create policy "follow" on public.follows for insert to authenticated with check (who = (select auth.uid()));
create table public.posts (id bigint primary key, author uuid not null);
create index on public.posts (author);
alter table public.posts enable row level security;
revoke all on public.posts from anon, authenticated;
grant select on public.posts to authenticated;
create policy "of those one follows" on public.posts for select to authenticated
  using (exists (select 1 from public.follows f where f.who = (select auth.uid()) and f.whom = posts.author));

-- Everyone may found a team; who belongs to it stands elsewhere.
create table public.teams (id bigint primary key, name text);
alter table public.teams enable row level security;
revoke all on public.teams from anon, authenticated;
grant select, insert on public.teams to authenticated;
create policy "found" on public.teams for insert to authenticated with check (name <> '');
create table public.plans (id bigint primary key, team bigint not null);
create index on public.plans (team);
alter table public.plans enable row level security;
revoke all on public.plans from anon, authenticated;
grant select on public.plans to authenticated;
create policy "teams" on public.teams for select to authenticated using (true);
create policy "of the team" on public.plans for select to authenticated using (exists (
  select 1 from public.members m join public.teams t on t.id = m.team where m.user_id = (select auth.uid()) and t.id = plans.team));
