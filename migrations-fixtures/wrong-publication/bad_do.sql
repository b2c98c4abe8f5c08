create table public.tickets (id bigint primary key);
do $$
begin
  if not exists (select from pg_publication where pubname = 'supabase-realtime') then
    create publication "supabase-realtime" for table public.tickets; -- want table public.tickets
  end if;
end
$$;
