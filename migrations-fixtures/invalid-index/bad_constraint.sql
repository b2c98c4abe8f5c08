-- What pg_dump writes, without the end of it.
create table public.events (id bigint not null, day date not null, kind text not null) partition by range (day);
create table public.events_2024 (id bigint not null, day date not null, kind text not null);
alter table only public.events attach partition public.events_2024 for values from ('2024-01-01') to ('2025-01-01');
alter table only public.events add constraint events_pkey primary key (day, id); -- want table public.events
alter table only public.events_2024 add constraint events_2024_pkey primary key (day, id);
