-- An index whose parts are all there, in two steps and in one; one on a table
-- that has no partition yet; and one that is dropped and made anew.
create table public.events (id bigint, day date not null, kind text not null, primary key (day, id)) partition by range (day);
alter table public.events enable row level security;
revoke all on public.events from anon, authenticated;
create index events_id_idx on only public.events (id);
create table public.events_2024 partition of public.events for values from ('2024-01-01') to ('2025-01-01');
create table public.events_2025 partition of public.events for values from ('2025-01-01') to ('2026-01-01');
alter table public.events_2024 enable row level security;
alter table public.events_2025 enable row level security;
revoke all on public.events_2024, public.events_2025 from anon, authenticated;
create index events_kind_idx on only public.events (kind);
create index events_2024_kind_idx on public.events_2024 (kind);
create index events_2025_kind_idx on public.events_2025 (kind);
alter index public.events_kind_idx attach partition public.events_2024_kind_idx;
alter index public.events_kind_idx attach partition public.events_2025_kind_idx;
create index events_kind_day_idx on public.events (kind, day);

create table public.notes (id bigint primary key, code text not null);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
create unique index notes_code_key on public.notes (code);
drop index public.notes_code_key;
create unique index notes_code_key on public.notes (code);
