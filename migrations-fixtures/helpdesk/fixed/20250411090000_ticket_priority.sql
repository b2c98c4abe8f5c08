create type public.ticket_priority as enum ('low', 'normal', 'high', 'urgent');

alter table public.tickets add column priority public.ticket_priority not null default 'normal';

create index tickets_open_by_priority_idx on public.tickets (priority, created_at)
  where status in ('open', 'pending');
