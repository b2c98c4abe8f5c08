create table public.notes (id bigint primary key, user_id uuid, owner uuid);
alter table public.notes enable row level security;

create policy mine on public.notes to authenticated -- want policy public.notes/mine
  using (user_id = auth.uid());

-- One call is cached, the other is not: a text search would miss it.
create policy half on public.notes to authenticated -- want policy public.notes/half
  using (user_id = (select auth.uid()) or owner = auth.uid());

-- In a sub-select that reads the row, it is called for every row again.
create policy correlated on public.notes to authenticated -- want policy public.notes/correlated
  using ((select user_id = auth.uid()));
