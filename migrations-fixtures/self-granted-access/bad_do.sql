create table public.staff (user_id uuid primary key references auth.users (id), is_admin boolean not null default false);
create table public.reports (id bigint primary key);
create table public.drafts (id bigint primary key);
do $$
declare
  t text;
begin
  foreach t in array array['staff', 'reports', 'drafts'] loop
    execute format('alter table public.%I enable row level security', t);
  end loop;
  create policy "read own" on public.staff for select to authenticated using (user_id = (select auth.uid()));
  create policy "change own" on public.staff for update to authenticated using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id); -- want policy public.staff/change own
  create policy "admins" on public.reports for all to authenticated
    using (coalesce((select s.is_admin from public.staff s where s.user_id = (select auth.uid())), false));
  create policy "admins" on public.drafts for select to authenticated
    using ((select count(*) from public.staff s where s.user_id = (select auth.uid()) and s.is_admin) > 0);
end
$$;
