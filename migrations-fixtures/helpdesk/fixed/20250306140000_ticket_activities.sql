-- What happened to a ticket, for the timeline of all three portals.
create table public.ticket_activities (
  id bigint generated always as identity primary key,
  ticket_id bigint not null references public.tickets (id) on delete cascade,
  actor_id uuid references public.profiles (id),
  kind text not null,
  detail jsonb not null default '{}',
  created_at timestamptz not null default now()
);

create index ticket_activities_ticket_id_idx on public.ticket_activities (ticket_id, created_at);
create index ticket_activities_actor_id_idx on public.ticket_activities (actor_id);

alter table public.ticket_activities enable row level security;

grant select on public.ticket_activities to authenticated;

create policy "activities are read by the ticket's client"
  on public.ticket_activities for select to authenticated
  using (exists (
    select 1 from public.tickets as t
    where t.id = ticket_activities.ticket_id and t.client_id = (select auth.uid())
  ));
