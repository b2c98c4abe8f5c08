-- want expectation client delete public.tickets
create table public.tickets (id bigint primary key, owner uuid not null);
create index on public.tickets (owner);
alter table public.tickets enable row level security;
create policy "tickets are read" on public.tickets
  for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'agent' or owner = (select auth.uid()));
create policy "tickets are written by their owner" on public.tickets
  for insert to authenticated with check (owner = (select auth.uid()));

do $$
begin
  create policy "tickets are closed" on public.tickets for delete to authenticated using (owner = (select auth.uid()));
end
$$;
