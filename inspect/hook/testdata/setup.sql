create type public.user_role as enum ('client', 'agent', 'admin');
create table public.profiles (
  id uuid primary key,
  role public.user_role,
  label text not null default 'plain',
  is_admin boolean not null default false,
  team_id bigint,
  plan text check (plan in ('free', 'pro'))
);
create table public.user_roles (
  id bigint generated always as identity primary key,
  user_id uuid not null,
  role public.user_role not null,
  unique (user_id, role)
);
create table public.audit (id bigint generated always as identity primary key, user_id uuid, at timestamptz default now());
create table public.locked (id uuid primary key, role public.user_role not null);
alter table public.locked enable row level security;
create table public.ungranted (id uuid primary key, role public.user_role not null);

insert into public.profiles (id, role, label, is_admin, team_id, plan) values
  ('00000000-0000-0000-0000-0000000000a1', 'agent', 'true', false, 7, 'pro'),
  ('00000000-0000-0000-0000-0000000000a2', 'admin', 'plain', true, null, 'free'),
  ('00000000-0000-0000-0000-0000000000a3', null, '"quoted"', false, 9, null);
insert into public.user_roles (user_id, role) values
  ('00000000-0000-0000-0000-0000000000a1', 'agent'),
  ('00000000-0000-0000-0000-0000000000a2', 'admin'),
  ('00000000-0000-0000-0000-0000000000a2', 'agent');
insert into public.locked select id, 'agent' from public.profiles;
insert into public.ungranted select id, 'agent' from public.profiles;

grant usage on schema public to supabase_auth_admin;
grant select on public.profiles, public.user_roles, public.locked to supabase_auth_admin;
grant select, insert on public.audit to supabase_auth_admin;
