-- Everybody who signs in has a profile. Its role decides which portal they see.
create schema private;
grant usage on schema private to authenticated;

create type public.user_role as enum ('client', 'agent', 'admin');

create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  full_name text not null default '',
  role public.user_role not null default 'client',
  created_at timestamptz not null default now()
);

alter table public.profiles enable row level security;

create policy "profiles are read by their owner"
  on public.profiles for select to authenticated
  using (id = (select auth.uid()));

create policy "profiles are renamed by their owner"
  on public.profiles for update to authenticated
  using (id = (select auth.uid()))
  with check (id = (select auth.uid()));
