create table public.tickets (id bigint primary key, client_id uuid, status text);
alter table public.tickets enable row level security;
create policy "own" on public.tickets to authenticated using (client_id = (select auth.uid()));

create function public.close_ticket(ticket bigint) returns void language sql security definer set search_path = '' -- want function public.close_ticket(bigint)
as $$ update public.tickets set status = 'closed' where id = ticket $$;

create function public.tickets_of(client uuid) returns setof public.tickets language plpgsql security definer set search_path = public as $$ -- want function public.tickets_of(uuid)
begin
  return query select * from tickets where client_id = client;
end
$$;
