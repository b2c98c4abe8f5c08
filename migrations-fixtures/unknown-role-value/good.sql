create type public.user_role as enum ('client', 'agent', 'admin');
alter type public.user_role add value 'auditor';
create table public.tickets (id bigint primary key, kind text not null);
create index tickets_kind_idx on public.tickets (kind);
alter table public.tickets enable row level security;
revoke all on public.tickets from anon, authenticated;
grant select, insert on public.tickets to authenticated;
create policy "tickets are read by staff" on public.tickets
  for select to authenticated using ((select auth.jwt() ->> 'user_role') in ('agent', 'auditor') and kind = 'agents');
-- Another claim may have other values.
create policy "tickets are added by the plan" on public.tickets
  for insert to authenticated with check ((select auth.jwt() -> 'app_metadata' ->> 'plan') = 'pro');
