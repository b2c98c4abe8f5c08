create table public.users (id bigint primary key, email text);
create index users_email_idx on public.users (email); -- want table public.users
-- The constraint that came later has an index of its own.
alter table public.users add constraint users_email_key unique (email);

create materialized view public.totals as select count(*) as n from public.users;
create unique index totals_n_idx on public.totals (n);
create index totals_idx on public.totals (n); -- want materialized view public.totals
