create schema private;
grant usage on schema private to authenticated;
create table public.members (user_id uuid primary key);
alter table public.members enable row level security;
create policy "own" on public.members for select to authenticated using (user_id = (select auth.uid()));
create table public.rooms (id bigint primary key);
alter table public.rooms enable row level security;

-- The schema is named, or is in the path, or the path is the caller's.
create function private.a() returns boolean language plpgsql stable security definer set search_path = ''
as $$ begin return exists (select 1 from public.members where user_id = auth.uid()); end $$;
create function private.b() returns boolean language plpgsql stable security definer set search_path = public, pg_temp
as $$ begin return exists (select 1 from members where user_id = auth.uid()); end $$;
create function private.c() returns boolean language plpgsql stable
as $$ begin return exists (select 1 from members where user_id = auth.uid()); end $$;
-- A WITH, the system catalog.
create function private.d() returns boolean language plpgsql stable security definer set search_path = ''
as $$ begin return exists (with m as (select user_id from public.members) select 1 from m where user_id = auth.uid()); end $$;
create function private.e() returns boolean language plpgsql stable security definer set search_path = ''
as $$ begin return exists (select 1 from pg_class where relname = 'rooms'); end $$;
create policy "members read rooms" on public.rooms for select to authenticated
  using ((select private.a()) or (select private.b()) or (select private.c()) or (select private.d()) or (select private.e()));
-- Broken, but no policy's affair.
create function private.f() returns boolean language plpgsql stable security definer set search_path = ''
as $$ begin return exists (select 1 from members); end $$;
