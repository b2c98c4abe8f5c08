-- Every kind of object, with names that have to be quoted.
drop schema public;
create role "Röle ""x"".y" nologin noinherit;
create role lq_group nologin bypassrls;
create role lq_member login createdb in role lq_group;
grant lq_group to "Röle ""x"".y" with admin option;
alter role lq_member set statement_timeout = '5s';
alter role lq_member set search_path = '';
alter role lq_member set "app.x" = 'a=b';

create schema app authorization lq_group;
create schema "Weird.Sch""ema";
grant usage on schema app to public;
grant create, usage on schema app to "Röle ""x"".y" with grant option;
alter default privileges in schema app grant select on tables to lq_member;
alter default privileges for role lq_group revoke execute on functions from public;
alter default privileges grant usage on schemas to lq_member;

create type app.mood as enum ('sad', 'it''s ok', E'new\nline', '😀');
create domain app.short as varchar(10) not null check (value <> '');
create type app.pair as (a int, "B b" app.mood[]);
create type app.span as range (subtype = numeric);
revoke usage on type app.mood from public;
grant usage on type app.short to lq_member;

create table app.parent (
  id bigint generated always as identity primary key,
  name app.short,
  mood app.mood default 'sad',
  total numeric(10, 2) not null default 0,
  twice numeric generated always as (total * 2) stored,
  at timestamptz default now(),
  constraint positive check (total >= 0),
  constraint both_unique unique (name, mood) deferrable initially deferred
);
create table "Weird.Sch""ema"."T.able
😀" (
  "Col ""1""" int not null,
  "select" text,
  parent bigint references app.parent on delete set null,
  exclude using gist (int4range("Col ""1""", null) with &&),
  primary key ("select", "Col ""1""")
);
create unlogged table app.light ();
create table app.loose (id serial, x int, y int);
create table app.child (extra int default nextval('app.loose_id_seq')) inherits (app.loose);
create index "Idx (1)" on app.loose using btree (x, (x + y), lower(y::text)) include (id) where x > 0 and y is not null;
create unique index loose_ident on app.loose (id);
alter table app.loose alter id set not null, replica identity using index loose_ident;
alter table app.parent replica identity full;
alter table app.child replica identity nothing;
alter table app.parent owner to lq_group;
alter table app.parent enable row level security;
alter table app.parent force row level security;

create table app.parts (id int, region text, at date, primary key (id, region)) partition by list (region);
create table app.parts_eu partition of app.parts for values in ('eu');
create table app.parts_rest partition of app.parts default partition by range (id);
create table app.parts_rest_1 partition of app.parts_rest for values from (0) to (10);
create index on app.parts (at);
create table app.refs (id int, region text, foreign key (id, region) references app.parts on update cascade on delete cascade);
create foreign data wrapper lq_fdw;
create server lq_server foreign data wrapper lq_fdw;
create foreign table app.far (id int) server lq_server;

create function app.touch() returns trigger language plpgsql security definer set search_path = '' set work_mem = '1MB' as $$
begin
  return new;
end $$;
create function app.f(a int, "B b" text default 'x', inout c numeric default 1, variadic d text[] default '{}') returns numeric
  language sql stable strict leakproof set search_path to app, "$user" as 'select 1::numeric';
create function app.f(event jsonb) returns jsonb language sql immutable parallel safe return event;
create function app.rows(n int) returns table (id bigint, label text) language sql begin atomic
  select p.id, p.name from app.parent p; end;
create procedure app.p(a int) language plpgsql as 'begin null; end';
create aggregate app.total(int) (sfunc = int4pl, stype = int4, initcond = '0');
revoke execute on function app.touch() from public;
grant execute on function app.f(jsonb) to lq_member;

create trigger touch before insert or update of name, total on app.parent for each row
  when (new.name is distinct from ' WHEN (x) ') execute function app.touch('a', ') WHEN (');
create trigger stmt after truncate on app.loose execute function app.touch();
create constraint trigger later after delete on app.loose deferrable for each row execute function app.touch();
create trigger cloned after insert on app.parts for each row execute function app.touch();
alter table app.loose disable trigger stmt;

create view app.v as select p.id, p.name as "N ame", app.f(p.id::int) as f from app.parent p join app.loose l on l.id = p.id;
create view app.v2 with (security_barrier) as select * from app.v;
create materialized view app.m as select id, mood from app.parent;
create unique index m_id on app.m (id);
create trigger instead instead of insert on app.v for each row execute function app.touch();
create sequence app.seq owned by app.child.extra;
grant usage on sequence app.seq to lq_member;

grant select, insert on app.parent to lq_member with grant option;
grant update (name, "mood"), references (id) on app.parent to "Röle ""x"".y";
grant select ("N ame") on app.v to public;
revoke all on app.loose from current_user;

create policy "All; --" on app.parent to lq_member, "Röle ""x"".y" using (id > 0 and name in ('a', 'b')) with check (total > 1);
create policy "read.own" on app.parent as restrictive for select using (exists (select from app.loose where loose.id = parent.id));
create policy ins on app.parent for insert with check (true);
create policy upd on app.child for update to public using (x = 1);
create policy del on app.child for delete to lq_group using (extra is null);

create publication "Pub.1" for table app.parent, only app.loose, "Weird.Sch""ema"."T.able
😀" with (publish = 'insert, update');
create publication "all" for all tables with (publish_via_partition_root = true);
