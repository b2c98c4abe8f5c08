create table public.notes (id bigint primary key, user_id uuid);
alter table public.notes enable row level security;
create policy mine on public.notes to authenticated using (user_id = (select auth.uid()));

alter policy mine on public.notes using (user_id = (auth.jwt() ->> 'sub')::uuid); -- want policy public.notes/mine
