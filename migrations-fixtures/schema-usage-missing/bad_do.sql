do $$
begin
  execute 'create schema support';
  create table support.tickets (id bigint primary key, owner_id uuid not null); -- want table support.tickets
  alter table support.tickets enable row level security;
  grant select on support.tickets to authenticated;
  alter publication supabase_realtime add table support.tickets;
end
$$;
