create table public.tickets (id bigint primary key, owner_id uuid, internal_note text);
alter table public.tickets enable row level security;
create policy "tickets are read by their owner" on public.tickets
  for select to authenticated using (owner_id = (select auth.uid()));
alter publication supabase_realtime add table public.tickets;

alter table public.tickets replica identity full; -- want table public.tickets
