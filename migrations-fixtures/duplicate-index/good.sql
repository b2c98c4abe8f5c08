create table public.users (id bigint primary key, email text not null, team bigint, name text, seen_at timestamptz, tags text[]);
alter table public.users enable row level security;
revoke all on public.users from anon, authenticated;

-- Each of these serves queries that no other one does.
create index on public.users (team, name);
create index on public.users (name, team);
create index on public.users (name text_pattern_ops);
create index on public.users (name);
create index on public.users (name collate "C");
create index on public.users (seen_at);
create index on public.users (seen_at desc nulls last);
create index on public.users (seen_at) where team is null;
create index on public.users (seen_at) include (name);
create index on public.users (team);
create index on public.users using hash (team);
create index on public.users (lower(email));
create unique index on public.users (upper(email));
create index on public.users using gin (tags);

-- The partitions have theirs from the root.
create table public.events (id bigint, day date, primary key (id, day)) partition by range (day);
create index on public.events (day);
create table public.events_2025 partition of public.events for values from ('2025-01-01') to ('2026-01-01');
alter table public.events enable row level security;
alter table public.events_2025 enable row level security;
revoke all on public.events, public.events_2025 from anon, authenticated;
