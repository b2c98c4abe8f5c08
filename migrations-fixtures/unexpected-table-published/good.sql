create table public.tickets (id bigint primary key, owner_id uuid not null);
create index tickets_owner_id_idx on public.tickets (owner_id);
alter table public.tickets enable row level security;
alter table public.tickets replica identity full;
revoke all on public.tickets from anon, authenticated;
grant select on public.tickets to authenticated;
create policy "tickets are read by their owner" on public.tickets
  for select to authenticated using (owner_id = (select auth.uid()));
alter publication supabase_realtime add table public.tickets;

-- Another publication may hold more.
create table public.audit_log (id bigint primary key);
alter table public.audit_log enable row level security;
revoke all on public.audit_log from anon, authenticated;
create publication warehouse for table public.tickets, public.audit_log;
