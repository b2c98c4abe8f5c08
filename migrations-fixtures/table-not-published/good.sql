create table public.tickets (id bigint primary key, owner_id uuid not null);
create table public.comments (id bigint primary key, owner_id uuid not null);
create index tickets_owner_id_idx on public.tickets (owner_id);
create index comments_owner_id_idx on public.comments (owner_id);
alter table public.tickets enable row level security;
alter table public.comments enable row level security;
alter table public.tickets replica identity full;
alter table public.comments replica identity full;
revoke all on public.tickets, public.comments from anon, authenticated;
grant select on public.tickets, public.comments to authenticated;
create policy "tickets are read by their owner" on public.tickets
  for select to authenticated using (owner_id = (select auth.uid()));
create policy "comments are read by their owner" on public.comments
  for select to authenticated using (owner_id = (select auth.uid()));

-- Loops and guards are how most projects write it.
do $$
declare
  t text;
begin
  foreach t in array array['tickets', 'comments'] loop
    if not exists (
      select 1 from pg_publication_tables
      where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = t
    ) then
      execute format('alter publication supabase_realtime add table public.%I', t);
    end if;
  end loop;
end
$$;
