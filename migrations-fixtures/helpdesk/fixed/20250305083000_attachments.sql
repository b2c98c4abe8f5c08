create table public.attachments (
  id uuid primary key default gen_random_uuid(),
  ticket_id bigint not null references public.tickets (id) on delete cascade,
  uploaded_by uuid not null references public.profiles (id),
  path text not null,
  size_bytes bigint not null,
  created_at timestamptz not null default now()
);

create index attachments_ticket_id_idx on public.attachments (ticket_id);
create index attachments_uploaded_by_idx on public.attachments (uploaded_by);

alter table public.attachments enable row level security;

grant select, insert on public.attachments to authenticated;

create policy "attachments are read by the ticket's client"
  on public.attachments for select to authenticated
  using (exists (
    select 1 from public.tickets as t
    where t.id = attachments.ticket_id and t.client_id = (select auth.uid())
  ));

create policy "attachments are added by their uploader"
  on public.attachments for insert to authenticated
  with check (uploaded_by = (select auth.uid()));
