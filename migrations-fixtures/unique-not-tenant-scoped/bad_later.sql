create table public.projects (id bigint primary key, org_id text not null, slug text not null, name text not null, unique (org_id, slug));
alter table public.projects enable row level security;
create policy "org" on public.projects to authenticated using (org_id = (select current_setting('app.org', true)));
create unique index on public.projects (slug, name); -- want table public.projects
