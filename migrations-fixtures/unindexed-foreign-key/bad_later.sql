create table public.tickets (id bigint primary key);
create table public.comments (id bigint primary key, ticket_id bigint references public.tickets (id), done boolean); -- want table public.comments
create index comments_ticket_id_idx on public.comments (ticket_id);

-- The index goes, and one of some rows takes its place.
drop index public.comments_ticket_id_idx;
create index comments_open_idx on public.comments (ticket_id) where not done;
