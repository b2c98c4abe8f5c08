create table public.members (id bigint primary key, user_id uuid not null, email text not null, org text not null);
create index on public.members (user_id);
create index on public.members (email);
create index on public.members (lower(email));
alter table public.members enable row level security;
revoke all on public.members from anon, authenticated;
grant select, insert on public.members to authenticated;
create policy "own" on public.members for select to authenticated using (user_id = (select auth.uid()));
create policy "by address" on public.members for select to authenticated using (lower(email) = (select auth.email()));
create policy "by org, which has no index" on public.members for select to authenticated using (lower(org) = (select auth.jwt() ->> 'org'));
-- A new row is not looked for.
create policy "add" on public.members for insert to authenticated with check (user_id::text = (select auth.jwt() ->> 'sub'));
