create table public.members (id bigint primary key, email text not null, org_id uuid not null);
create index members_email_idx on public.members (email);
create index members_org_id_idx on public.members (org_id);
alter table public.members enable row level security;
create policy "by address" on public.members -- want policy public.members/by address
  for select to authenticated using (lower(email) = (select auth.email()));
create policy "by org" on public.members for select to authenticated using (org_id::text = (select auth.jwt() ->> 'org_id')); -- want policy public.members/by org
