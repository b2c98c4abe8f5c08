create type public.ticket_status as enum ('open', 'pending', 'resolved', 'closed');

create table public.tickets (
  id bigint generated always as identity primary key,
  client_id uuid not null references public.profiles (id),
  assignee_id uuid references public.profiles (id),
  subject text not null check (length(subject) between 1 and 200),
  body text not null default '',
  status public.ticket_status not null default 'open',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index tickets_client_id_idx on public.tickets (client_id);
create index tickets_assignee_id_idx on public.tickets (assignee_id);

alter table public.tickets enable row level security;

grant select, insert, update on public.tickets to authenticated;
