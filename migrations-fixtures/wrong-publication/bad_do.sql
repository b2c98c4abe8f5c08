create table public.tickets (id bigint primary key);
do $$ -- want table public.tickets
begin
  if not exists (select from pg_publication where pubname = 'supabase-realtime') then
    create publication "supabase-realtime" for table public.tickets;
  end if;
end
$$;
