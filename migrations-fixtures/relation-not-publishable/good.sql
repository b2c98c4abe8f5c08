-- Unlogged once, logged again before it is published.
create unlogged table public.open_tickets (id bigint primary key, owner_id uuid not null);
create index open_tickets_owner_id_idx on public.open_tickets (owner_id);
alter table public.open_tickets set logged;
alter table public.open_tickets enable row level security;
alter table public.open_tickets replica identity full;
revoke all on public.open_tickets from anon, authenticated;
grant select on public.open_tickets to authenticated;
create policy "tickets are read by their owner" on public.open_tickets
  for select to authenticated using (owner_id = (select auth.uid()));
alter publication supabase_realtime add table public.open_tickets;
