-- A table that was private moves into the exposed schema.
create schema internal;
create table internal.notes (id bigint primary key); -- want table public.notes
grant select on internal.notes to anon;

alter table internal.notes set schema public;
