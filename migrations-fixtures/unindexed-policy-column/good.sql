create table public.notes (id bigint primary key, owner_id uuid not null, created date, shared boolean);
alter table public.notes enable row level security;
create index on public.notes (owner_id, created);
create policy "owners see" on public.notes for select to authenticated using (owner_id = (select auth.uid()) or shared);
-- The primary key, a unique column.
create table public.profiles (id uuid primary key, handle text unique);
alter table public.profiles enable row level security;
create policy "own" on public.profiles for select to authenticated
  using (id = (select auth.uid()) or handle = (select auth.jwt() -> 'app_metadata' ->> 'handle'));
-- New rows are not looked up; the user is not a column.
create table public.log (id bigint primary key, who uuid);
alter table public.log enable row level security;
create policy "write" on public.log for insert to authenticated with check (who = (select auth.uid()));
create policy "staff see" on public.log for select to authenticated using ((select auth.jwt() -> 'app_metadata' ->> 'kind') = 'staff');
