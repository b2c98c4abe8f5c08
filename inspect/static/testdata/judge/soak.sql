-- What random migrations found.
create table public.a (id uuid primary key, tags numeric(10, 2), words text[], data jsonb check (data ? 'k'));
create policy numbers on public.a for delete using (tags ? 'k');
create policy words on public.a for delete using (words ? 'k');
create policy data on public.a for delete using (data ? 'k' and data ?| array['a'] and data ?& array['b']);
alter table public.a alter column data type varchar(50);
create table public.b (id bigint primary key, active boolean, id date, primary key (active));
create table public.b (id bigint, id date, primary key (nope));
create table public.b (id bigint, id date);
create table public.b (id bigint, active boolean, primary key (id), unique (active));
