create table public.tickets (id bigint primary key, owner_id uuid not null);
create table public.tags (id bigint primary key, owner_id uuid not null);
create index tickets_owner_id_idx on public.tickets (owner_id);
create index tags_owner_id_idx on public.tags (owner_id);
alter table public.tickets enable row level security;
alter table public.tags enable row level security;
revoke all on public.tickets, public.tags from anon, authenticated;
grant select on public.tickets, public.tags to authenticated;
create policy "tickets are read by their owner" on public.tickets
  for select to authenticated using (owner_id = (select auth.uid()));
create policy "tags are read by their owner" on public.tags
  for select to authenticated using (owner_id = (select auth.uid()));
alter publication supabase_realtime add table public.tickets, public.tags;
-- Full where it is expected; the other table's default is expected too.
do $$
begin
  execute format('alter table %I.%I replica identity full', 'public', 'tickets');
end
$$;
