create table public.settings (id bigint primary key, value text);
alter table public.settings enable row level security;
create policy "settings are changed by the founder" on public.settings -- want policy public.settings/settings are changed by the founder
  for update to authenticated using ((select auth.uid()) = '00000000-0000-0000-0000-0000000000a1');
create policy "by address" on public.settings for delete to authenticated -- want policy public.settings/by address
  using ((select auth.jwt() ->> 'email') in ('ada@example.com', 'bob@example.com'));
