-- Full pages, a small table, and one without statistics.
create table public.events (id bigint primary key, kind text);
create table public.tags (id bigint primary key, kind text);
create table public.logs (id bigint primary key, kind text);
alter table public.events enable row level security;
alter table public.tags enable row level security;
alter table public.logs enable row level security;
revoke all on public.events, public.tags, public.logs from anon, authenticated;
insert into public.events values (1, 'a'), (2, 'b');
insert into public.tags values (1, 'a'), (2, 'b');

/* live: admin
analyze public.events;
analyze public.tags;
update pg_class set relpages = 10000, reltuples = 1800000 where oid = 'public.events'::regclass;
update pg_class set relpages = 100, reltuples = 10 where oid = 'public.tags'::regclass;
update pg_class set relpages = 10000, reltuples = 10 where oid = 'public.logs'::regclass;
*/
