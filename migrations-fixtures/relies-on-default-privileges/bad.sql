create table public.tickets ( -- want(static) table public.tickets: a database does not say which grants were defaults
  id bigint primary key,
  owner_id uuid not null
);
