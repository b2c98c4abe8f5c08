create table public.settings (id bigint primary key, owner_id uuid not null, kind text not null);
create index on public.settings (owner_id);
create index on public.settings (kind);
alter table public.settings enable row level security;
revoke all on public.settings from anon, authenticated;
grant select on public.settings to authenticated;
create policy "own" on public.settings for select to authenticated using (owner_id = (select auth.uid()) and (select auth.email()) <> '');
create policy "staff" on public.settings for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'admin');
create policy "the system's" on public.settings for select to authenticated using (owner_id = '00000000-0000-0000-0000-000000000000' and kind = 'common');
