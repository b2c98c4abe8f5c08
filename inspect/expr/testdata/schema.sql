-- What the expressions of expressions.txt are about.
create schema auth;
create function auth.jwt() returns jsonb language sql stable as $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
create function auth.uid() returns uuid language sql stable as $$ select (auth.jwt() ->> 'sub')::uuid $$;
create function auth.role() returns text language sql stable as $$ select auth.jwt() ->> 'role' $$;
create function auth.email() returns text language sql stable as $$ select auth.jwt() ->> 'email' $$;
create schema storage;
create function storage.foldername(name text) returns text[] language sql immutable as $$ select string_to_array(name, '/') $$;
create schema private;
create type public.user_role as enum ('client', 'agent', 'admin');
create type public."Kind" as enum ('a', 'b');
create domain public.slug as text;
create table public.orgs (id uuid primary key, name text, owner_id uuid, plan varchar(20), meta jsonb);
create table public.user_roles (user_id uuid, org_id uuid, role public.user_role, since date, level int, note varchar(40));
create table public.profiles (id uuid primary key, role text, org_id uuid, is_admin boolean default false, email text, tags text[]);
create table public.tickets (
  id uuid primary key, owner_id uuid, org_id uuid not null, assignee uuid, title text, status varchar(20), code char(3),
  kind public."Kind", role public.user_role, is_open boolean, priority int, weight numeric(10,2), score double precision,
  small smallint, big bigint, created_at timestamptz, due date, at timestamp, tags text[], labels varchar(10)[],
  viewers uuid[], numbers int[], meta jsonb, raw json, slug public.slug, "Mixed Case" text, "order" int, body bytea,
  span tstzrange, parent uuid, name name);
create table public.teams (org_id uuid, team text);
create table public."Members" (user_id uuid, ticket_id uuid, role text);
create function public.is_admin() returns boolean language sql stable as $$ select true $$;
create function public.is_member(org uuid) returns boolean language sql stable security definer as $$ select true $$;
create function public.has_role(r public.user_role) returns boolean language sql stable as $$ select true $$;
create function public.has_any(variadic roles text[]) returns boolean language sql stable as $$ select true $$;
create function public.named(a int, b text default 'x') returns boolean language sql stable as $$ select true $$;
create function public.my_orgs() returns setof uuid language sql stable as $$ select null::uuid $$;
create function public.my_roles() returns table (org uuid, r text) language sql stable as $$ select null::uuid, null::text $$;
create function public.status_of(t public.tickets) returns text language sql stable as $$ select 'x' $$;
create function private.user_role() returns text language sql stable as $$ select 'x' $$;
create function private.enum_role() returns public.user_role language sql stable as $$ select 'client'::public.user_role $$;
