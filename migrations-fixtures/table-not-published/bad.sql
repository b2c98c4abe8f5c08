-- Two tables are expected; only one was ever added to the publication.
create table public.tickets (id bigint primary key);
alter publication supabase_realtime add table public.tickets;

create table public.comments (id bigint primary key); -- want table public.comments
