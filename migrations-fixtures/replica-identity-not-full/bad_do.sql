create table public.tickets (id bigint primary key, code text not null unique);
create table public.tags (id bigint primary key);
alter publication supabase_realtime add table public.tickets, public.tags;

do $$
begin
  execute 'alter table public.tickets replica identity using index tickets_code_key'; -- want table public.tickets
end
$$;
