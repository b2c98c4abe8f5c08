create table public.members (id bigint primary key, email text not null);
alter table public.members enable row level security;
create policy "by address" on public.members for select to authenticated using (lower(email) = (select auth.email())); -- want policy public.members/by address
create unique index on public.members (email);
