-- DO blocks and functions that change the catalog.
create table public.tickets (id uuid primary key default gen_random_uuid(), title text, owner_id uuid);
create table public.notes (id uuid primary key, body text);
create table public.events (id bigint, at timestamptz);
-- guards
do $$
begin
  if not exists (select 1 from pg_publication_tables where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = 'tickets') then
    alter publication supabase_realtime add table public.tickets;
  end if;
  if not exists (select 1 from pg_publication_tables where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = 'tickets') then
    alter publication supabase_realtime add table public.tickets;
  end if;
end $$;
do $$ begin
  create type public.status as enum ('open', 'closed');
exception when duplicate_object then null;
end $$;
do $$ begin
  create type public.status as enum ('open', 'closed');
exception when duplicate_object then null;
end $$;
do $$ begin create type public.status as enum ('open', 'closed'); end $$;
do $$ begin
  if not exists (select 1 from pg_type where typname = 'priority') then
    create type public.priority as enum ('low', 'high');
  end if;
end $$;
do $$ begin
  if not exists (select from information_schema.columns where table_schema = 'public' and table_name = 'tickets' and column_name = 'priority') then
    alter table public.tickets add column priority public.priority;
  else
    raise exception 'must not be here';
  end if;
end $$;
do $$ begin
  if exists (select 1 from pg_policies where policyname = 'owners' and tablename = 'tickets') then
    drop policy owners on public.tickets;
  end if;
  create policy owners on public.tickets using (owner_id = auth.uid());
end $$;
do $$ begin
  if to_regclass('public.missing') is not null then
    drop table public.missing;
  elsif to_regclass('public.events') is null then
    raise exception 'no events';
  else
    alter table public.events enable row level security;
  end if;
end $$;
do $$ begin
  alter table public.events add constraint events_pkey primary key (id);
exception when others then
  raise notice '%', sqlerrm;
end $$;
do $$ begin
  alter table public.events add constraint events_pkey primary key (id);
exception
  when duplicate_table or duplicate_object then null;
  when invalid_table_definition then comment on table public.events is 'twice';
end $$;
-- errors
do $$ begin raise exception 'no'; end $$;
do $$ begin raise exception using errcode = '22012', message = 'x'; end $$;
do $$ begin raise unique_violation; end $$;
do $$ begin raise sqlstate 'AB123'; exception when sqlstate 'AB123' then null; end $$;
do $$ begin raise exception 'no'; exception when unique_violation then null; end $$;
do $$ begin raise exception 'a'; exception when others then raise; end $$;
do $$ begin begin raise exception 'a'; exception when raise_exception then create schema inner_one; end; create schema inner_one; end $$;
do $$ begin create schema gone; raise exception 'x'; exception when others then null; end $$;
do $$ begin perform 1 from pg_class where oid = 'public.nothing'::regclass; exception when undefined_table then null; end $$;
do $$ begin assert 1 = 2, 'no'; end $$;
do $$ begin drop table public.no_such; end $$;
do $$ begin select 1; end $$;
do $$ begin if then end if; end $$;
do language sql 'select 1';
do $$ declare n integer; begin select 1 into strict n from pg_tables where tablename = 'no_such'; end $$;
-- loops
do $$
declare t text;
begin
  foreach t in array array['tickets', 'notes'] loop
    execute format('alter table public.%I enable row level security', t);
    execute 'create policy "read ' || t || '" on public.' || quote_ident(t) || ' for select to authenticated using (true)';
  end loop;
end $$;
do $$
declare r record;
begin
  for r in select schemaname, tablename from pg_tables where schemaname = 'public' order by tablename loop
    execute format('alter table %I.%I replica identity full', r.schemaname, r.tablename);
  end loop;
end $$;
do $$
declare r record; n integer := 0;
begin
  for r in select policyname, tablename from pg_policies where schemaname = 'public' and tablename = 'notes' loop
    execute format('drop policy %I on public.%I', r.policyname, r.tablename);
    n := n + 1;
  end loop;
  if n <> 1 then raise exception 'dropped %', n; end if;
end $$;
do $$
begin
  for i in 1..3 loop
    continue when i = 2;
    execute 'create table public.part_' || i || ' (id integer)';
  end loop;
  for i in reverse 9..5 by 2 loop
    exit when i < 7;
    execute format('create table public.odd_%s (id integer)', i);
  end loop;
end $$;
do $$
declare i integer := 0;
begin
  while i < 2 loop
    i := i + 1;
    execute 'create schema s' || i::text;
  end loop;
  loop
    i := i + 1;
    if i > 4 then exit; end if;
    execute 'create schema s' || i;
  end loop;
end $$;
do $$
declare
  names constant text[] := array['a', 'b'];
  item text;
begin
  for item in select unnest(names) loop
    execute format('create role %I nologin', 'helper_' || item);
  end loop;
  for item in values ('x'), ('y') loop
    execute format('grant helper_a to postgres');
  end loop;
end $$;
do $$
<<outermost>>
begin
  for a in 1..3 loop
    for b in 1..3 loop
      exit outermost when a = 2;
      execute format('create schema n%s%s', a, b);
    end loop;
  end loop;
  create schema not_reached;
end $$;
do $$ begin create schema before_return; return; create schema after_return; end $$;
-- case and variables
do $$
declare v text := 'b'; w text; n integer;
begin
  case v when 'a' then create schema case_a; when 'b', 'c' then create schema case_b; else create schema case_else; end case;
  case when v is null then create schema case_null; else create schema case_searched; end case;
  select count(*) into n from pg_namespace where nspname like 'case\_%';
  if n = 2 then create schema two; end if;
  select nspname into w from pg_namespace where nspname = 'no_such_schema';
  if not found then create schema not_found; end if;
  if w is null then create schema was_null; end if;
end $$;
do $$ declare v text := 'z'; begin case v when 'a' then null; end case; end $$;
do $$
declare r record; t public.tickets%rowtype; x public.tickets.title%type := 'made';
begin
  select 'p' as a, 2 as b into r;
  execute format('create schema %I', r.a || r.b);
  execute 'create schema ' || x;
  execute 'select $1 || $2' into x using 'us', 'ing';
  execute format('create schema %I', x);
end $$;
-- functions that are called
create function public.publish(t text) returns void language plpgsql as $$
begin
  execute format('alter publication supabase_realtime add table public.%I', t);
end $$;
select public.publish('notes');
select public.publish('notes');
do $$ begin perform public.publish(x) from unnest(array['events']) x; end $$;
create function public.lock_down(schema_name text, out n integer) language plpgsql as $$
declare r record;
begin
  n := 0;
  for r in select tablename from pg_tables where schemaname = lock_down.schema_name loop
    execute format('alter table %I.%I force row level security', schema_name, r.tablename);
    n := n + 1;
  end loop;
end $$;
select * from public.lock_down('public');
create procedure public.make(name text) language plpgsql as $$ begin execute format('create schema %I', name); end $$;
call public.make('by_procedure');
call public.make('by_procedure');
call public.no_such_procedure(1);
create function public.twice(a integer) returns integer language sql as 'select a * 2';
do $$ begin if public.twice(2) = 4 then create schema four; end if; end $$;
create function public.as_sql() returns void language sql as 'create table public.from_sql (id integer); alter table public.from_sql enable row level security;';
create function public.as_sql() returns void language sql as 'grant select on public.notes to anon; revoke insert on public.notes from anon;';
select public.as_sql();
select 1 where false and public.publish('part_1') is null;
select set_config('search_path', 'two', false);
create table in_two (id integer);
select set_config('search_path', '"$user", public, extensions', false);
-- nesting
do $do$ begin execute $x$ do $y$ begin create schema deep; end $y$ $x$; end $do$;
do $$ declare s text := 'alter table public.notes add column '; begin
  execute s || 'extra_a text'; execute concat(s, 'extra_b ', 'integer'); execute replace('create schema X', 'X', 'replaced');
  execute (select string_agg(format('alter table public.%I add column agg integer', tablename), '; ' order by tablename) from pg_tables where schemaname = 'public' and tablename like 'part%');
end $$;
do $$ begin execute null; end $$;
do $$ begin execute 'selec 1'; end $$;
do $$ begin execute 'create schema one_more; create schema one_more'; exception when duplicate_schema then null; end $$;
create table history (user_id uuid not null, played_at timestamptz not null) partition by range (played_at);
do $$
declare d date := date '2026-05-01'; next_d date; part_name text;
begin
  for i in 0..3 loop
    next_d := (d + interval '1 month')::date;
    part_name := 'history_p' || to_char(d, 'YYYYMM');
    execute format('create table if not exists public.%I partition of public.history for values from (%L) to (%L);', part_name, d::text, next_d::text);
    d := next_d;
  end loop;
end $$;
drop table history_p202608;
drop table history_p202609;
do $$
declare d date := '2027-01-01';
begin
  while d < '2027-03-01' loop
    execute format('create table history_%s partition of history for values from (%L) to (%L)', to_char(d, 'YYYY_MM'), d, d + interval '1 month');
    d := d + interval '1 month';
  end loop;
end $$;
drop table history_2027_02;
drop table history_2027_03;
create table watched (id int primary key);
create function watch(target text, schema_name text default 'public', publication text default lower('SUPABASE_') || 'realtime') returns void language plpgsql as $$
begin
  execute format('alter publication %I add table %I.%I', publication, schema_name, target);
end $$;
select watch('watched');
select watch('watched', publication => 'supabase_realtime');
select watch('missing');
alter function watch rename to watch_table;
create or replace function watch_table(target text, schema_name text default 'auth', publication text default 'supabase_realtime') returns void language plpgsql as $$
begin
  execute format('alter publication %I drop table %I.%I', publication, schema_name, target);
end $$;
select watch_table('watched');
select watch_table('watched', 'public');
