-- Ordinary projects whose policies cannot fail for a user of theirs.
create type public.app_role as enum ('agent', 'client');
create schema private;
grant usage on schema private to anon, authenticated;

-- A shop: own orders, compared with an id that Auth writes.
create table public.orders (id bigint primary key, buyer uuid not null default auth.uid());
create index on public.orders (buyer);
alter table public.orders enable row level security;
alter table public.orders replica identity full;
revoke all on public.orders from anon, authenticated;
grant select on public.orders to authenticated;
create policy "orders are read by their buyer" on public.orders for select to authenticated using (buyer = (select auth.uid()));

-- Teams: a membership table that everybody in it may read.
create table public.teammates (team bigint, person uuid, primary key (team, person));
create index on public.teammates (person);
alter table public.teammates enable row level security;
revoke all on public.teammates from anon, authenticated;
grant select on public.teammates to authenticated;
create policy "memberships are read by the member" on public.teammates for select to authenticated using (person = (select auth.uid()));
create table public.boards (id bigint primary key, team bigint not null);
create index on public.boards (team);
alter table public.boards enable row level security;
alter table public.boards replica identity full;
revoke all on public.boards from anon, authenticated;
grant select on public.boards to authenticated;
create policy "boards are read by the team" on public.boards for select to authenticated
  using (team in (select m.team from public.teammates m where m.person = (select auth.uid())));

-- A chat: a helper with its owner's rights, granted to whom the policy is for.
create function private.in_room(room bigint) returns boolean language sql stable security definer set search_path = ''
  as $$ select exists (select 1 from public.teammates m where m.team = room and m.person = auth.uid()) $$;
revoke execute on function private.in_room(bigint) from public;
grant execute on function private.in_room(bigint) to authenticated;
create table public.messages (id bigint primary key, room bigint not null, body text);
create index on public.messages (room);
alter table public.messages enable row level security;
alter table public.messages replica identity full;
revoke all on public.messages from anon, authenticated;
grant select on public.messages to authenticated;
create policy "messages are read in the room" on public.messages for select to authenticated using (private.in_room(room));

-- Tenants: a claim that may be missing or empty, and only then converted.
create table public.invoices (id bigint primary key, tenant text not null);
create index on public.invoices (tenant);
alter table public.invoices enable row level security;
alter table public.invoices replica identity full;
revoke all on public.invoices from anon, authenticated;
grant select on public.invoices to authenticated;
create policy "invoices are read by the tenant" on public.invoices for select to authenticated
  using (tenant = (select auth.jwt() -> 'app_metadata' ->> 'tenant'));

-- A news page: public, with a setting that may be missing.
create table public.news (id bigint primary key, region text not null);
create index on public.news (region);
alter table public.news enable row level security;
alter table public.news replica identity full;
revoke all on public.news from anon, authenticated;
grant select on public.news to anon, authenticated;
create policy "news are read by everybody" on public.news for select to anon, authenticated
  using (coalesce((select current_setting('app.region', true)), region) = region);

alter publication supabase_realtime add table public.orders, public.boards, public.messages, public.invoices, public.news;
