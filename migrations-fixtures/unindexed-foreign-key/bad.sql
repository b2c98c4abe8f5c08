create table public.tickets (id bigint primary key);
create table public.comments ( -- want table public.comments
  id bigint primary key,
  ticket_id bigint not null references public.tickets (id)
);
alter table public.tickets enable row level security;
alter table public.comments enable row level security;

-- An index that has the column, but not in front, does not lead to its rows.
create table public.labels (id bigint primary key, name text, ticket_id bigint);
alter table public.labels enable row level security;
create index labels_name_ticket_id_idx on public.labels (name, ticket_id);
alter table public.labels add constraint labels_ticket_fkey foreign key (ticket_id) references public.tickets (id); -- want table public.labels
