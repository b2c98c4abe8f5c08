create table public.notes ( -- want table public.notes
  id bigint primary key,
  owner_id uuid references auth.users (id) -- the column may be null
);
alter table public.notes enable row level security;
create policy "own" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
