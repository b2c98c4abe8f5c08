do $$
begin
  create table public.tickets (id bigint primary key); -- want(static) table public.tickets: a database does not say which grants were defaults
end
$$;
