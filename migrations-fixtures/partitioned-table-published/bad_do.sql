create table public.events (id bigint, day date not null, primary key (id, day)) partition by list (day);

do $$
begin
  alter publication supabase_realtime add table public.events; -- want table public.events
exception when duplicate_object then
  null;
end
$$;
