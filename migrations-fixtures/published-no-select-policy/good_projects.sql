-- Ordinary projects in which some user receives something.
create schema private;
grant usage on schema private to authenticated;

-- Row level security off on purpose is not this rule's: a lookup by helper is.
create table private.members (room bigint, user_id uuid, primary key (room, user_id));
create function private.rooms() returns setof bigint language sql stable security definer set search_path = ''
  as $$ select m.room from private.members m where m.user_id = auth.uid() $$;
revoke execute on function private.rooms() from public;
grant execute on function private.rooms() to authenticated;
create table public.messages (id bigint primary key, room bigint not null);
create index on public.messages (room);
alter table public.messages enable row level security;
alter table public.messages replica identity full;
revoke all on public.messages from anon, authenticated;
grant select on public.messages to authenticated;
create policy "messages are read in the room" on public.messages for select to authenticated using (room in (select private.rooms()));

-- A claim from a hook that is not in the migrations: anything may be in the token.
create table public.jobs (id bigint primary key);
alter table public.jobs enable row level security;
alter table public.jobs replica identity full;
revoke all on public.jobs from anon, authenticated;
grant select on public.jobs to authenticated;
create policy "jobs are read by workers" on public.jobs for select to authenticated using ((select auth.jwt() -> 'app_metadata' ->> 'kind') = 'worker');

-- Only what is open, to everybody.
create table public.offers (id bigint primary key, open boolean not null);
alter table public.offers enable row level security;
alter table public.offers replica identity full;
revoke all on public.offers from anon, authenticated;
grant select on public.offers to anon, authenticated;
create policy "open offers are public" on public.offers for select to anon, authenticated using (open);

alter publication supabase_realtime add table public.messages, public.jobs, public.offers;
