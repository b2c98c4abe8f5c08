create table public.users (id bigint primary key, email text unique, team bigint, name text);
create index users_email_idx on public.users (email); -- want table public.users
create unique index users_id_idx on public.users (id); -- want table public.users
create index users_team_idx on public.users (team);
create index zz_team on public.users using btree (team asc nulls last); -- want table public.users
create index users_lower_idx on public.users (lower(name)) where team is not null;
create index users_name_idx on public.users (lower(name)) where team is not null; -- want table public.users

-- The primary key is unique already.
create table public.tokens (id uuid primary key);
alter table public.tokens add constraint tokens_id_key unique (id); -- want table public.tokens
