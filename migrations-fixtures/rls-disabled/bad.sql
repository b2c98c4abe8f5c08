-- Row level security was never turned on.
create table public.notes (id bigint primary key); -- want table public.notes

-- Turned on, and off again.
create table public.tags (id bigint primary key);
alter table public.tags enable row level security;
alter table public.tags disable row level security; -- want table public.tags
