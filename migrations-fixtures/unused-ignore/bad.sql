-- live: skip comments stand in files, not in a database
-- policylint:ignore rls-disabled: only staff reads it -- want ignore bad.sql rls-disabled
create table public.notes (id bigint primary key, owner_id uuid not null);
alter table public.notes enable row level security;

-- policylint:ignore rls-disable: a typing error -- want ignore bad.sql rls-disable
create schema private;
