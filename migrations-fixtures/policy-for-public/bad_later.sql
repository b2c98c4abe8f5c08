create table public.notes (id bigint primary key, owner_id uuid);
alter table public.notes enable row level security;
create policy owned on public.notes
  for all to authenticated using (owner_id = (select auth.uid()));

alter policy owned on public.notes to public; -- want policy public.notes/owned
