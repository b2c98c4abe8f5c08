create table public.notes (id bigint primary key);

alter table public.notes add colum title txt txt; -- want file bad.sql

-- The statements behind it are read all the same.
alter table public.notes enable row level security;
