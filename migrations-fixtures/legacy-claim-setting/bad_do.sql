create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
do $$
begin
  execute $sql$create policy own on public.tickets for select to authenticated -- want policy public.tickets/own
    using (client_id::text = (select current_setting('request.jwt.claim.sub', true)))$sql$;
end
$$;
