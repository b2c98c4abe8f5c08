create table public.integrations (id bigint primary key);
alter table public.integrations enable row level security;
create policy "integrations are read by the team" on public.integrations for select to authenticated using ((select auth.uid()) is not null);
alter table public.integrations add column api_key text; -- want table public.integrations
alter policy "integrations are read by the team" on public.integrations using (true);
create table public.team_invites (id bigint primary key, team bigint not null, email text, token uuid not null default gen_random_uuid()); -- want table public.team_invites
alter table public.team_invites enable row level security;
create policy "whoever has the link" on public.team_invites for select using (true);
