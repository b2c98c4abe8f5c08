create table public.projects (id bigint primary key, org_id text not null, slug text not null, unique (slug)); -- want table public.projects
alter table public.projects enable row level security;
create policy "org" on public.projects to authenticated using (org_id = (select auth.jwt() ->> 'org_id'));
