create table public.tickets (id bigint primary key);
alter table public.tickets enable row level security;
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'agent') then
    create role agent nologin;
  end if;
  create policy "agents read tickets" on public.tickets for select to agent using (true); -- want policy public.tickets/agents read tickets
end
$$;
