-- want(live) table public.events: only a server knows what its pages hold
create table public.events (id bigint primary key, kind text);
alter table public.events enable row level security;
insert into public.events values (1, 'a'), (2, 'b');

/* live: admin
analyze public.events;
update pg_class set relpages = 10000, reltuples = 1000 where oid = 'public.events'::regclass;
*/
