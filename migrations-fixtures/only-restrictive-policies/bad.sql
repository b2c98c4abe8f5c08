create table public.notes (id bigint primary key, owner_id uuid not null);
alter table public.notes enable row level security;
create policy "only their own" on public.notes -- want policy public.notes/only their own
  as restrictive for select to authenticated using (owner_id = (select auth.uid()));
