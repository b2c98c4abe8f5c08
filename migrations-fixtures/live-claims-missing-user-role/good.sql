create table public.tickets (id bigint primary key, owner uuid not null);
create index on public.tickets (owner);
alter table public.tickets enable row level security;
alter table public.tickets replica identity full;
revoke all on public.tickets from anon, authenticated;
grant select on public.tickets to authenticated;
create policy "tickets are read by their owner" on public.tickets
  for select to authenticated using (owner = (select auth.uid()));
alter publication supabase_realtime add table public.tickets;

/* live: admin
insert into realtime.subscription (subscription_id, entity, claims)
values (gen_random_uuid(), 'public.tickets', '{"role": "authenticated", "app_metadata": {"user_role": "agent"}}'),
       (gen_random_uuid(), 'public.tickets', '{"role": "service_role"}');
*/
