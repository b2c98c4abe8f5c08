-- PostgreSQL counts sub-selects, not what they read.
create table public.votes (id bigint primary key, user_id uuid not null);
alter table public.votes enable row level security;
create policy "votes are read by their owner" on public.votes
  for select to authenticated using (user_id = (select auth.uid()));
create policy "votes are cast once" on public.votes -- want policy public.votes/votes are cast once
  for insert to authenticated
  with check (not exists (select 1 from public.votes as v where v.user_id = auth.uid()));

-- So does one in WITH CHECK when only USING is asked.
create table public.seats (id bigint primary key, user_id uuid not null);
alter table public.seats enable row level security;
create policy "one seat each" on public.seats -- want policy public.seats/one seat each
  for all to authenticated using (user_id = auth.uid())
  with check (not exists (select 1 from public.seats as s where s.user_id = auth.uid()));
