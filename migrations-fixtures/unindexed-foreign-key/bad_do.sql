create table public.tickets (id bigint primary key);
create table public.votes (id bigint primary key, ticket_id bigint);
create table public.links (id bigint primary key, ticket_id bigint);
do $$
declare
  t text;
begin
  foreach t in array array['votes', 'links'] loop
    execute format('alter table public.%I add foreign key (ticket_id) references public.tickets (id)', t); -- want table public.votes -- want table public.links
  end loop;
end
$$;
