create table public.tickets (id bigint primary key, client_id uuid, status text);
alter table public.tickets enable row level security;
create policy "own" on public.tickets to authenticated using (client_id = (select auth.uid()));
do $do$
begin
  create function public.forget(client uuid) returns void language sql security definer set search_path = '' -- want function public.forget(uuid)
  as $$ delete from public.tickets where client_id = client $$;
end
$do$;
