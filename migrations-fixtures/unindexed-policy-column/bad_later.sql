create table public.members (user_id uuid, org bigint, primary key (user_id, org));
create table public.notes (id bigint primary key, owner_id uuid not null, org bigint not null, room bigint);
alter table public.notes enable row level security;
create index on public.notes (org, owner_id);
create index on public.notes (room) where room > 0;
create policy "members see" on public.notes for select to authenticated -- want table public.notes
  using (exists (select 1 from public.members m where m.org = notes.org and m.user_id = (select auth.uid()))
    or owner_id = (select auth.uid()) or room in (select m.org from public.members m where m.user_id = (select auth.uid())));
