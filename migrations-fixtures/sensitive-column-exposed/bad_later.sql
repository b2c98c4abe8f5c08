create table public.integrations (id bigint primary key);
alter table public.integrations enable row level security;
create policy "integrations are read by the team" on public.integrations for select to authenticated using ((select auth.uid()) is not null);
alter table public.integrations add column api_key text; -- want table public.integrations
alter policy "integrations are read by the team" on public.integrations using (true);
