create table public.members (org_id bigint, user_id uuid, primary key (org_id, user_id));
alter table public.members enable row level security;
create table public.projects (id bigint primary key, org_id bigint not null, slug text not null);
alter table public.projects enable row level security;
create policy "org" on public.projects to authenticated using (org_id in (select m.org_id from public.members m where m.user_id = (select auth.uid())));
do $$
begin
  execute 'alter table public.projects add constraint slug_key unique (slug)'; -- want table public.projects
end
$$;
