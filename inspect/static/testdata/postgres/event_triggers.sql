create schema private;
create table public.older (id int);

create function private.lock_new_tables() returns event_trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  c record;
begin
  for c in
    select * from pg_event_trigger_ddl_commands()
    where command_tag in ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO') and object_type in ('table', 'partitioned table')
  loop
    if c.schema_name is not null and c.schema_name in ('public') and c.schema_name not like 'pg_temp%' then
      begin
        execute format('alter table if exists %s enable row level security', c.object_identity);
      exception when others then
        raise log 'row level security of % stays off', c.object_identity;
      end;
    else
      raise log 'left alone: %', c.object_identity;
    end if;
  end loop;
end
$$;

create event trigger lock_new_tables on ddl_command_end execute function private.lock_new_tables();
create event trigger lock_new_tables on ddl_command_end execute function private.lock_new_tables();
create event trigger other on ddl_command_en execute function private.lock_new_tables();
create event trigger other on ddl_command_end execute function private.nothing();

create table public.notes (id bigint generated always as identity primary key, body text);
create table public."Mixed Case" (id int);
create table if not exists public.older (id int);
create table if not exists public.newer (id int);
create table notes_copy as select * from public.notes;
select * into notes_again from public.notes;
create table private.elsewhere (id int);
create table public.parts (id int, day date) partition by range (day);
create table public.parts_old partition of public.parts for values from ('2024-01-01') to ('2025-01-01');
create temporary table scratch (id int);
do $$
begin
  create table public.from_block (id int);
  execute 'create table public.from_text (id int)';
end
$$;
create view public.titles as select body from public.notes;

do $$
begin
  if not exists (select 1 from pg_event_trigger where evtname = 'lock_new_tables') then
    create table public.not_reached (id int);
  end if;
  if not exists (select 1 from pg_event_trigger where evtname = 'tidy') then
    create table public.reached (id int);
  end if;
end
$$;

alter event trigger lock_new_tables disable;
create table public.unlocked (id int);
alter event trigger lock_new_tables enable always;
create table public.locked (id int);
alter event trigger lock_new_tables rename to keeper;
alter event trigger lock_new_tables enable;
alter function private.lock_new_tables() rename to keep_tables_locked;
create table public.locked_too (id int);
alter table public.locked_too disable row level security;
drop function private.keep_tables_locked();
drop event trigger keeper;
drop event trigger keeper;
drop event trigger if exists keeper;
create table public.at_the_end (id int);
drop function private.keep_tables_locked();

-- A function that asks for the tag, and one that refuses.
create function public.keep_functions() returns event_trigger language plpgsql as $$
declare
  c record;
begin
  if tg_tag = 'CREATE VIEW' then
    raise exception 'no views, please';
  end if;
  for c in select * from pg_event_trigger_ddl_commands() loop
    if c.classid = 'pg_proc'::regclass and not c.in_extension and c.schema_name = 'public' then
      execute format('revoke execute on function %s from public', c.object_identity);
    end if;
  end loop;
end
$$;
create event trigger keep_functions on ddl_command_end
  when tag in ('CREATE FUNCTION', 'CREATE VIEW') execute procedure public.keep_functions();
create function public.greet(name text, times int default 1) returns text language sql as $$ select 'hello ' || name $$;
create function private.greet() returns text language sql as $$ select 'hello' $$;
create view public.refused as select 1 as one;
create materialized view public.taken as select 1 as one;
begin;
drop event trigger keep_functions;
create view public.rolled_back as select 1 as one;
rollback;
create view public.refused_again as select 1 as one;
drop function public.keep_functions() cascade;
create view public.at_last as select 1 as one;

-- What only tells others.
create function public.tell() returns event_trigger language plpgsql as $$ begin notify listeners, 'changed'; end $$;
create event trigger tell on ddl_command_end execute function public.tell();
create event trigger tell_start on ddl_command_start execute function public.tell();
create table public.told (id int);
drop table public.told;
comment on table public.notes is 'all of them';
