create table public.notes (id bigint primary key, owner_id uuid not null);
alter table public.notes enable row level security;
create function public.signed_in() returns boolean language plpgsql stable set search_path = '' as $$ begin return auth.jwt() ->> 'sub' is not null; end $$;
create policy "not not null" on public.notes for select -- want policy public.notes/not not null
  using (owner_id = (select auth.uid()) or not (auth.uid() is not null));
create policy "a whole token" on public.notes for insert -- want policy public.notes/a whole token
  with check ((select auth.jwt()) is null or owner_id = (select auth.uid()));
create policy "a comparison with false" on public.notes for update -- want policy public.notes/a comparison with false
  using ((auth.uid() is not null) = false or owner_id = (select auth.uid()));
create policy "a test of a test" on public.notes for delete -- want policy public.notes/a test of a test
  using ((select public.signed_in()) is false or owner_id = (select auth.uid()));
create policy "a choice" on public.notes -- want policy public.notes/a choice
  using (case when (select auth.uid()) is not null then owner_id = (select auth.uid()) else true end);
