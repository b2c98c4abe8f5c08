create table public.notes (id bigint primary key, owner_id uuid not null);
alter table public.notes enable row level security;
create function public.is_server() returns boolean language sql stable set search_path = '' as $$ select (select auth.uid()) is null $$;
create policy "own" on public.notes using (owner_id = (select auth.uid()));
alter policy "own" on public.notes using ((select public.is_server()) or owner_id = (select auth.uid())); -- want policy public.notes/own
