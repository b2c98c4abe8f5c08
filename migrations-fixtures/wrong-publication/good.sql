create table public.tickets (id bigint primary key, owner_id uuid not null);
create index tickets_owner_id_idx on public.tickets (owner_id);
alter table public.tickets enable row level security;
alter table public.tickets replica identity full;
revoke all on public.tickets from anon, authenticated;
grant select on public.tickets to authenticated;
create policy "tickets are read by their owner" on public.tickets
  for select to authenticated using (owner_id = (select auth.uid()));

-- In both.
create publication realtime_copy for table public.tickets;
alter publication supabase_realtime add table public.tickets;

-- Sync engines and warehouses have publications of their own.
create table public.drafts (id bigint primary key);
alter table public.drafts enable row level security;
revoke all on public.drafts from anon, authenticated;
create publication powersync for table public.drafts;
