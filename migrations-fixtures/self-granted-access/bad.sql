create table public.profiles (id uuid primary key references auth.users (id), name text, role text not null default 'client');
create table public.tickets (id bigint primary key, client_id uuid not null);
alter table public.profiles enable row level security;
alter table public.tickets enable row level security;
create policy "read own" on public.profiles for select to authenticated using (id = (select auth.uid()));
create policy "change own" on public.profiles for update to authenticated using (id = (select auth.uid())); -- want policy public.profiles/change own
create policy "staff" on public.tickets for select to authenticated
  using (exists (select 1 from public.profiles p where p.id = (select auth.uid()) and p.role = 'agent'));
