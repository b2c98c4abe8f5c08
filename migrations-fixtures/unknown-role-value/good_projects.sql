-- Ordinary projects that compare the claim with what it can be, or another claim with what it likes.
create type public.user_role as enum ('client', 'agent', 'admin');
create table public.tickets (id bigint primary key, kind text not null, reader public.user_role not null);
create index on public.tickets (kind);
create index on public.tickets (reader);
alter table public.tickets enable row level security;
revoke all on public.tickets from anon, authenticated;
grant select, insert, update, delete on public.tickets to authenticated;

-- Cast to the enum, and compared with a column of it.
create policy "tickets are read by their kind of reader" on public.tickets for select to authenticated
  using ((select auth.jwt() ->> 'user_role') = reader::text);
-- What is excluded may be a value of before.
create policy "tickets are added" on public.tickets for insert to authenticated
  with check ((select auth.jwt() ->> 'user_role') in ('client', 'agent', 'admin') and kind <> 'guest');
-- The role of the database has its own values.
create policy "tickets are changed by users" on public.tickets for update to authenticated
  using ((select auth.jwt() ->> 'role') = 'authenticated' and (select auth.jwt() ->> 'user_role') = 'agent')
  with check ((select auth.jwt() ->> 'user_role') = 'agent');
-- Another claim has other values.
create policy "tickets are removed by the plan" on public.tickets for delete to authenticated
  using ((select auth.jwt() -> 'app_metadata' ->> 'plan') = 'pro' and (select auth.jwt() ->> 'user_role') = 'admin');
