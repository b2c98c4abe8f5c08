create table public.firms (id bigint primary key);
create table public.staff (user_id uuid primary key references auth.users (id), firm_id bigint not null references public.firms (id), role text not null default 'clerk');
create index on public.staff (firm_id);
create table public.salaries (id bigint primary key, firm_id bigint not null references public.firms (id));
create index on public.salaries (firm_id);
alter table public.firms enable row level security;
alter table public.staff enable row level security;
alter table public.salaries enable row level security;
revoke all on public.firms, public.staff, public.salaries from anon, authenticated;
grant select, update on public.staff to authenticated;
grant select on public.firms, public.salaries to authenticated;
create function public.firm() returns bigint language sql stable security definer set search_path = '' as
  'select s.firm_id from public.staff s where s.user_id = (select auth.uid())';
create policy "own" on public.firms for select to authenticated using (id = (select public.firm()));
create policy "colleagues" on public.staff for select to authenticated using (firm_id = (select public.firm()));
-- One stays in one's firm, and what one is there is free.
create policy "change own" on public.staff for update to authenticated -- want policy public.staff/change own
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()) and firm_id = (select public.firm()));
create policy "chiefs" on public.salaries for select to authenticated
  using (exists (select 1 from public.staff s where s.user_id = (select auth.uid()) and s.firm_id = salaries.firm_id and s.role = 'chief'));
