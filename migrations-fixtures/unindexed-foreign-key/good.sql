create table public.tickets (id bigint primary key, org_id bigint not null, unique (org_id, id));
alter table public.tickets enable row level security;
revoke all on public.tickets from anon, authenticated;

-- Its own index, one with more columns, one in another order.
create table public.comments (id bigint primary key, ticket_id bigint references public.tickets (id));
create index on public.comments (ticket_id);
create table public.votes (ticket_id bigint references public.tickets (id), voter uuid, primary key (ticket_id, voter));
create table public.links (id bigint primary key, org_id bigint, ticket_id bigint, foreign key (org_id, ticket_id) references public.tickets (org_id, id));
create index on public.links (ticket_id, org_id);
create table public.tags (ticket_id bigint unique references public.tickets (id), label text);

-- A partition has the index of its root.
create table public.events (id bigint, day date, ticket_id bigint references public.tickets (id), primary key (id, day)) partition by range (day);
create index on public.events (ticket_id);
create table public.events_2025 partition of public.events for values from ('2025-01-01') to ('2026-01-01');
do $$
declare
  t text;
begin
  foreach t in array array['comments', 'votes', 'links', 'tags', 'events', 'events_2025'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('revoke all on public.%I from anon, authenticated', t);
  end loop;
end
$$;

-- An index of the rows that have the key has all that are looked for.
create table public.replies (id bigint primary key, ticket_id bigint references public.tickets (id));
create index on public.replies (ticket_id) where ticket_id is not null;
alter table public.replies enable row level security;
revoke all on public.replies from anon, authenticated;
