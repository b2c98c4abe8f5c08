create table public.tickets (id bigint primary key); -- want(static) table public.tickets: a database does not say which grants were defaults
grant select on public.tickets to authenticated;
revoke select on public.tickets from authenticated;
grant insert on public.tickets to authenticated;
